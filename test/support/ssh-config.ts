import { chmod, mkdir } from 'node:fs/promises';
import type { Home } from './connecting.ts';

/** Writes the user's ssh config; the environment has an `ssh` that reads it, unless `client` is false. */
export async function writeConfig(
  home: Home,
  text: string,
  { client = true }: { readonly client?: boolean } = {},
): Promise<Record<string, string>> {
  for (const folder of ['.ssh', 'bin']) await mkdir(home.file(folder), { recursive: true });
  const config = await home.write('.ssh/config', `${text}\n`);
  if (!client) return { PATH: home.file('bin') };
  const program = await home.write('bin/ssh', `#!/bin/sh\nexec /usr/bin/ssh -F ${config} "$@"\n`);
  await chmod(program, 0o700);
  return { PATH: `${home.file('bin')}:/usr/bin:/bin` };
}
