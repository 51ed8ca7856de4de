import { settings } from '../protocol/contributions.ts';
import type { DemoOptions } from '../protocol/demo.ts';
import type { LensDensity } from '../view/lens.ts';
import type { GroupBy } from '../view/tree-item.ts';
import type { ShownLevel } from './output/level-filter.ts';

export interface Settings {
  /** Whether a run asks for confirmation. */
  readonly confirmRun: boolean;
  readonly groupBy: GroupBy;
  /** Whether the sidebar shows nodes with failures first. */
  readonly failuresFirst: boolean;
  readonly lensDensity: LensDensity;
  readonly parallelNodes: number;
  readonly logs: { readonly level: ShownLevel; readonly keepDays: number; readonly keepMegabytes: number };
  /** As written; the user's settings only, never those of a workspace. */
  readonly secrets: { readonly command: unknown; readonly file: unknown };
  readonly demo: Pick<DemoOptions, 'system' | 'pace' | 'scenarios'>;
}

function oneOf<T extends string>(
  value: unknown,
  spec: { readonly default: T; readonly values: readonly T[] },
): T {
  return spec.values.find((each) => each === value) ?? spec.default;
}

function flag(value: unknown, spec: { readonly default: boolean }): boolean {
  return typeof value === 'boolean' ? value : spec.default;
}

function wholeNumber(
  value: unknown,
  spec: { readonly default: number; readonly minimum: number; readonly maximum: number },
): number {
  const fits =
    typeof value === 'number' && Number.isInteger(value) && value >= spec.minimum && value <= spec.maximum;
  return fits ? value : spec.default;
}

/** The scenarios in an argument of a link or a setting; undefined for anything else than a list. */
export function decodeScenarios(value: unknown): DemoOptions['scenarios'] | undefined {
  if (!Array.isArray(value)) return undefined;
  return settings.demoScenarios.values.filter((each) => value.includes(each));
}

/** Decodes the settings; an invalid value is replaced with its default. */
export function decodeSettings(get: (key: string) => unknown): Settings {
  const {
    confirmRun,
    groupBy,
    failuresFirst,
    lensDensity,
    parallelNodes,
    demoSystem,
    demoPace,
    demoScenarios,
  } = settings;
  const { logLevel, keepDays, keepMegabytes, secretsCommand, secretsFile } = settings;
  return {
    confirmRun: flag(get(confirmRun.key), confirmRun),
    groupBy: oneOf<GroupBy>(get(groupBy.key), groupBy),
    failuresFirst: flag(get(failuresFirst.key), failuresFirst),
    lensDensity: oneOf<LensDensity>(get(lensDensity.key), lensDensity),
    parallelNodes: wholeNumber(get(parallelNodes.key), parallelNodes),
    logs: {
      level: oneOf<ShownLevel>(get(logLevel.key), logLevel),
      keepDays: wholeNumber(get(keepDays.key), keepDays),
      keepMegabytes: wholeNumber(get(keepMegabytes.key), keepMegabytes),
    },
    secrets: {
      command: get(secretsCommand.key) ?? secretsCommand.default,
      file: get(secretsFile.key) ?? secretsFile.default,
    },
    demo: {
      system: oneOf<DemoOptions['system']>(get(demoSystem.key), demoSystem),
      pace: oneOf<DemoOptions['pace']>(get(demoPace.key), demoPace),
      scenarios: decodeScenarios(get(demoScenarios.key)) ?? [],
    },
  };
}
