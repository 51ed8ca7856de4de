import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  decodeProjectSettings,
  type ProjectSettings,
  projectFile,
  projectFileLimit,
} from '../cluster/project-settings.ts';

/** The settings of a project with the path of their file. */
export interface FoundSettings extends ProjectSettings {
  readonly path: string;
}

interface Remembered {
  readonly changed: number;
  readonly settings: ProjectSettings;
}

/** Finds the settings of projects; a file is read again only when it has changed. */
export interface ProjectFiles {
  /** The settings for a file: of the nearest `.stackprep.yaml` in its folder or above; undefined if there is none. */
  of(path: string): FoundSettings | undefined;
  /** Like above, for a URI; undefined for one that is no file. */
  ofUri(uri: string): FoundSettings | undefined;
}

/** Maximum number of folders from a file upwards. */
const maxFolders = 64;

export function createProjectFiles(): ProjectFiles {
  const known = new Map<string, Remembered>();
  const read = (path: string): ProjectSettings | undefined => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile()) return undefined;
    const before = known.get(path);
    if (before?.changed === found.mtimeMs) return before.settings;
    const text =
      found.size > projectFileLimit * 3 ? ' '.repeat(projectFileLimit + 1) : readFileSync(path, 'utf8');
    const settings = decodeProjectSettings(text);
    known.set(path, { changed: found.mtimeMs, settings });
    return settings;
  };
  const of = (path: string): FoundSettings | undefined => {
    let folder = dirname(path);
    for (let count = 0; count < maxFolders; count += 1) {
      const file = join(folder, projectFile);
      const settings = read(file);
      if (settings) return { ...settings, path: file };
      if (dirname(folder) === folder) return undefined;
      folder = dirname(folder);
    }
    return undefined;
  };
  return { of, ofUri: (uri) => (uri.startsWith('file:') ? of(fileURLToPath(uri)) : undefined) };
}
