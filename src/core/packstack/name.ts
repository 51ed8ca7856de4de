/** File names of Packstack's answer files, as patterns of VS Code. */
export const answerFilePatterns = ['packstack-answers-*.txt', '*.answers'] as const;

/** Whether a path is one of Packstack's answer files. */
export function isAnswerFile(path: string): boolean {
  return /(?:^|[/\\])packstack-answers-[^/\\]*\.txt$|\.answers$/.test(path);
}
