/** Whether the name of a file is one that Packstack, its guides or its users give answer files. */
export function isAnswerFile(path: string): boolean {
  return /(?:^|[/\\])(?:packstack-answers?[^/\\]*\.(?:txt|cfg|conf|ini)|answers?\.txt)$|\.answers$/i.test(
    path,
  );
}

/** The lines of the beginning of a text that are neither empty nor comments. */
function firstLines(text: string): readonly string[] {
  return text
    .slice(0, 20_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line));
}

const ofPackstack = /^(?:CONFIG_[A-Z0-9_]+|EXCLUDE_SERVERS)\s*[=:]/i;

/** Whether a text is an answer file whatever its name: `[general]`, then answers of Packstack; only the beginning is read. */
export function beginsWithAnswers(text: string): boolean {
  const [heading = '', first = ''] = firstLines(text);
  return /^\uFEFF?\[general\]/.test(heading) && ofPackstack.test(first);
}

/** Whether a text begins like the settings of another program, which also may have a section [general]. */
export function isOtherSettings(text: string): boolean {
  const first = firstLines(text).find((line) => !/^\uFEFF?\[/.test(line));
  return first !== undefined && /[=:]/.test(first) && !ofPackstack.test(first);
}
