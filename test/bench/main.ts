import { benchLoad } from './load.ts';
import { benchLine, type Figure } from './report.ts';

const benchmarks: Readonly<Record<string, () => readonly Figure[] | Promise<readonly Figure[]>>> = {
  load: benchLoad,
};

const [name = ''] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark) {
  for (const figure of await benchmark()) console.log(benchLine(figure));
} else {
  console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(benchmarks).join(', ')}`);
  process.exitCode = 2;
}
