import { settings } from '../protocol/contributions.ts';
import type { DemoOptions } from '../protocol/demo.ts';
import type { LensDensity } from '../view/lens.ts';
import type { GroupBy } from '../view/tree.ts';
import type { ShownLevel } from './output/level-filter.ts';

export interface Settings {
  /** Whether a run asks for confirmation. */
  readonly confirmRun: boolean;
  readonly groupBy: GroupBy;
  readonly lensDensity: LensDensity;
  readonly parallelNodes: number;
  readonly logs: { readonly level: ShownLevel; readonly keepDays: number; readonly keepMegabytes: number };
  readonly demo: Pick<DemoOptions, 'system' | 'pace' | 'scenarios'>;
}

function oneOf<T extends string>(
  value: unknown,
  spec: { readonly default: T; readonly values: readonly T[] },
): T {
  return spec.values.find((each) => each === value) ?? spec.default;
}

function wholeNumber(
  value: unknown,
  spec: { readonly default: number; readonly minimum: number; readonly maximum: number },
): number {
  const fits =
    typeof value === 'number' && Number.isInteger(value) && value >= spec.minimum && value <= spec.maximum;
  return fits ? value : spec.default;
}

/** Decodes the settings; an invalid value is replaced with its default. */
export function decodeSettings(get: (key: string) => unknown): Settings {
  const { confirmRun, groupBy, lensDensity, parallelNodes, demoSystem, demoPace, demoScenarios } = settings;
  const { logLevel, keepDays, keepMegabytes } = settings;
  const asks = get(confirmRun.key);
  const wanted = get(demoScenarios.key);
  return {
    confirmRun: typeof asks === 'boolean' ? asks : confirmRun.default,
    groupBy: oneOf<GroupBy>(get(groupBy.key), groupBy),
    lensDensity: oneOf<LensDensity>(get(lensDensity.key), lensDensity),
    parallelNodes: wholeNumber(get(parallelNodes.key), parallelNodes),
    logs: {
      level: oneOf<ShownLevel>(get(logLevel.key), logLevel),
      keepDays: wholeNumber(get(keepDays.key), keepDays),
      keepMegabytes: wholeNumber(get(keepMegabytes.key), keepMegabytes),
    },
    demo: {
      system: oneOf<DemoOptions['system']>(get(demoSystem.key), demoSystem),
      pace: oneOf<DemoOptions['pace']>(get(demoPace.key), demoPace),
      scenarios: Array.isArray(wanted) ? demoScenarios.values.filter((each) => wanted.includes(each)) : [],
    },
  };
}
