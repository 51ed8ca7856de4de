/** Whether a path is a Packstack answer file. */
export function isAnswerFile(path: string): boolean {
  return /(?:^|[/\\])packstack-answers-[^/\\]*\.txt$|\.answers$/.test(path);
}
