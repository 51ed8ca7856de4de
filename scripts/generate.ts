import { writeFileSync } from 'node:fs';
import { shellModules } from './shell-files.ts';
import { stepScripts } from './step-scripts.ts';

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files))
    writeFileSync(new URL(`../${path}`, import.meta.url), text);
}

// The other files are made by code that imports these.
write({ ...shellModules(), 'src/steps/scripts.ts': stepScripts() });
void import('./generated.ts').then(({ generated }) => write(generated()));
