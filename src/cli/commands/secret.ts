import { randomInt } from 'node:crypto';
import type { Failure } from '../../base/failure.ts';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { secretsToGenerate } from '../../plan/secrets.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';

/** Letters and digits need no quoting in a URL, a configuration file or an answer file; 32 of them have 190 bits. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const valueLength = 32;

function randomValue(): string {
  return Array.from({ length: valueLength }, () => letters[randomInt(letters.length)]).join('');
}

function refuse(context: Context, { message, action }: Pick<Failure, 'message' | 'action'>): number {
  return wrongUse(context, joined([message, action], ' '));
}

/** The line about a secret. */
function lineOf(name: string, file: string, { isNew, mayBeRandom }: Record<string, boolean>): Message {
  if (isNew) return msg('{0}: generated.', name);
  if (mayBeRandom) return msg('{0}: has a value, which stays.', name);
  return msg(
    '{0}: not generated, since people or another system have to know the value. Add it to {1} if you want to.',
    name,
    file,
  );
}

/** Generates what is missing, and prints a line for each secret, without its value. */
async function generate(context: Context, file: string): Promise<number> {
  const { io, t, options } = context;
  const opened = await openCluster({ ...context, options: { ...options, files: [file] } });
  if (!opened.ok) return opened.code;
  const { addSecrets, configFile, configuredSources, secretsInFile } = await import('../../app/entry.ts');
  const place = { env: io.env, home: io.home };
  const sources = await configuredSources(place);
  if ('code' in sources) return refuse(context, sources);
  if (sources.command)
    return refuse(context, {
      message: msg('{0} has a command for secrets.', configFile(place)),
      action: msg('Generate the values where the command finds them.'),
    });
  const { name: cluster } = opened.cluster;
  const stored = await secretsInFile(sources.file, cluster);
  if ('failure' in stored) return refuse(context, stored.failure);
  const secrets = secretsToGenerate(opened.cluster);
  const missing = [...secrets].filter(([name, mayBeRandom]) => mayBeRandom && !stored.values.has(name));
  const values = new Map(missing.map(([name]) => [name, randomValue()]));
  const failure = values.size > 0 ? await addSecrets(sources.file, cluster, values) : undefined;
  if (failure) return refuse(context, failure);
  if (secrets.size === 0) say(context, t(msg('{0} refers to no secret.', file)));
  for (const [name, mayBeRandom] of secrets)
    say(context, t(lineOf(name, sources.file, { isNew: values.has(name), mayBeRandom })));
  if (values.size > 0) say(context, t(msg('Stored in {0}, readable by you only.', sources.file)));
  return exit.fine;
}

/** `stackprep secret generate FILE`. */
export async function secret(context: Context): Promise<number> {
  const [action, ...files] = context.options.files;
  const [file] = files;
  if (action !== 'generate' || file === undefined || files.length > 1)
    return wrongUse(context, msg('secret requires an action and a file: stackprep secret generate FILE.'));
  return await generate(context, file);
}
