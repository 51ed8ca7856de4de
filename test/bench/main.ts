import { benchDashboard } from './dashboard.ts';
import { benchEngine, benchLab } from './engine.ts';
import { benchLanguage } from './language.ts';
import { benchLoad } from './load.ts';
import { benchLogs } from './logs.ts';
import { benchLine, type Figure } from './report.ts';

const benchmarks: Readonly<Record<string, () => readonly Figure[] | Promise<readonly Figure[]>>> = {
  dashboard: benchDashboard,
  engine: benchEngine,
  lab: benchLab,
  language: benchLanguage,
  load: benchLoad,
  logs: benchLogs,
};

async function runBenchmark(name: string): Promise<number> {
  const benchmark = benchmarks[name];
  if (!benchmark) {
    console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(benchmarks).join(', ')}`);
    return 2;
  }
  for (const figure of await benchmark()) console.log(benchLine(figure));
  return 0;
}

void runBenchmark(process.argv[2] ?? '').then((code) => {
  process.exitCode = code;
});
