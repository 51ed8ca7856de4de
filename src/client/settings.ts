import type { GroupBy } from '../core/view/tree.ts';
import { settings } from '../protocol/contributions.ts';
import type { DemoOptions } from '../protocol/demo.ts';

export interface Settings {
  /** Whether a run asks before it begins. */
  readonly confirmRun: boolean;
  readonly groupBy: GroupBy;
  readonly parallelNodes: number;
  readonly demo: Pick<DemoOptions, 'system' | 'pace' | 'scenarios'>;
}

function oneOf<T extends string>(
  value: unknown,
  spec: { readonly default: T; readonly values: readonly T[] },
): T {
  return spec.values.find((each) => each === value) ?? spec.default;
}

/** Decodes the settings; a value that does not fit counts as its default. */
export function decodeSettings(get: (key: string) => unknown): Settings {
  const { confirmRun, groupBy, parallelNodes, demoSystem, demoPace, demoScenarios } = settings;
  const asks = get(confirmRun.key);
  const limit = get(parallelNodes.key);
  const fits =
    typeof limit === 'number' &&
    Number.isInteger(limit) &&
    limit >= parallelNodes.minimum &&
    limit <= parallelNodes.maximum;
  const wanted = get(demoScenarios.key);
  return {
    confirmRun: typeof asks === 'boolean' ? asks : confirmRun.default,
    groupBy: oneOf<GroupBy>(get(groupBy.key), groupBy),
    parallelNodes: fits ? limit : parallelNodes.default,
    demo: {
      system: oneOf<DemoOptions['system']>(get(demoSystem.key), demoSystem),
      pace: oneOf<DemoOptions['pace']>(get(demoPace.key), demoPace),
      scenarios: Array.isArray(wanted) ? demoScenarios.values.filter((each) => wanted.includes(each)) : [],
    },
  };
}
