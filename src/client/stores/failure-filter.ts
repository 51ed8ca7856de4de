import type { Memento } from 'vscode';

const key = 'stackprep.onlyFailed';

/** Whether the sidebar shows failures only; remembered for the workspace. */
export interface FailureFilter {
  readonly isOn: boolean;
  set(isOn: boolean): Promise<void>;
}

export function createFailureFilter(
  workspaceState: Pick<Memento, 'get' | 'update'>,
  changed: () => void,
): FailureFilter {
  let isOn = workspaceState.get<unknown>(key) === true;
  return {
    get isOn() {
      return isOn;
    },
    set: async (wanted) => {
      isOn = wanted;
      changed();
      await workspaceState.update(key, wanted);
    },
  };
}
