/** Whether a path is one of Packstack's answer files. */
export function isAnswerFile(path: string): boolean {
  return /(?:^|[/\\])packstack-answers-[^/\\]*\.txt$|\.answers$/.test(path);
}
