import { join, relative, sep } from 'node:path';
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import { API, type Checker } from 'typescript/unstable/sync';
import { sourceFolder } from './imports.ts';

export type { Node };
export { SyntaxKind };

/** A node of the syntax tree with its type information. */
export interface Visit {
  readonly node: Node;
  readonly checker: Checker;
  /** `base/own.ts:6`, below src. */
  readonly place: string;
  /** The file as a tree. */
  readonly file: SourceFile;
  text(node: Node): string;
}

interface VisitedFile {
  readonly file: SourceFile;
  readonly checker: Checker;
  readonly kinds: ReadonlySet<SyntaxKind>;
}

function visitFile({ file, checker, kinds }: VisitedFile, visit: (each: Visit) => void): void {
  const name = relative(sourceFolder, file.fileName).split(sep).join('/');
  const text = (node: Node): string => file.text.slice(node.getStart(file), node.end);
  const walk = (node: Node): void => {
    if (kinds.has(node.kind)) {
      const line = file.text.slice(0, node.getStart(file)).split('\n').length;
      visit({ node, checker, file, place: `${name}:${line}`, text });
    }
    node.forEachChild(walk);
  };
  walk(file);
}

/** Visits every node of these kinds in every source file. */
export function visitSources(kinds: ReadonlySet<SyntaxKind>, visit: (each: Visit) => void): void {
  const api = new API();
  try {
    const config = join(sourceFolder, '../tsconfig.json');
    const [project] = api.updateSnapshot({ openProjects: [config] }).getProjects();
    if (!project) throw new Error('The compiler found no project.');
    const { program, checker } = project;
    for (const name of program.getSourceFileNames()) {
      const file = relative(sourceFolder, name).startsWith('..') ? undefined : program.getSourceFile(name);
      if (file) visitFile({ file, checker, kinds }, visit);
    }
  } finally {
    api.close();
  }
}
