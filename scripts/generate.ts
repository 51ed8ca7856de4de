import { writeFileSync } from 'node:fs';
import { shellModules } from './shell-files.ts';

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files))
    writeFileSync(new URL(`../${path}`, import.meta.url), text);
}

// The other files are made by code that imports these.
write(shellModules());
void import('./generated.ts').then(({ generated }) => write(generated()));
