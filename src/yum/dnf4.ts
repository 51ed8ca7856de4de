import { lockPid } from './locks.ts';
import { aside, failing, opening, openRun, text, warning } from './readers.ts';
import type { Reader, Rule } from './rules.ts';
import { emitLine, noteTool } from './state.ts';

/** Optional repositories: the preceding error did not end the run. */
const ignoring: Reader = (state, line) => {
  state.failed = false;
  warning(state, line);
};

const waiting: Reader = (state, line) => {
  openRun(state, false);
  noteTool(state, 'dnf4');
  lockPid(state, line);
};

const answer: Reader = (state, line) => emitLine(state, 'answer', line);

const expirations = [
  'Last metadata expiration check:',
  '마지막 메타자료 만료확인',
  'メタデータの期限切れの最終確認',
  '上次元数据过期检查',
  '上次中介資料過期檢查',
  'Letzte Prüfung auf abgelaufene Metadaten',
  'Dernière vérification de l’expiration des métadonnées',
  'Última comprobación de caducidad de metadatos',
  'Última verificação de metadados',
  'Ultima verifica della scadenza dei metadati',
  'Последняя проверка окончания срока действия метаданных',
];

const noMatches = [
  'No match for argument: ',
  'No match for group package',
  '일치하는 인수가 없습니다',
  '인수가 일치하지 않습니다',
  '一致した引数がありません',
  '未找到匹配的参数',
  '引數不符',
  'Kein Treffer für Argument',
  'Aucune correspondance pour',
];

/** The first words of a run that has to wait for the lock. */
export const dnf4Lock: Rule = { starts: 'Waiting for process with pid ', read: waiting };

/** Lines of dnf 2 to 4; source: dnf's cli/main.py, cli/cli.py, cli/output.py, cli/progress.py and base.py. */
export const dnf4Rules: readonly Rule[] = [
  ...expirations.map((starts): Rule => ({ starts, read: opening('dnf4', true) })),
  ...noMatches.map((starts): Rule => ({ starts, read: aside(warning) })),
  { starts: 'Updating Subscription Management repositories.', read: opening('dnf4') },
  { starts: 'DNF version: ', read: opening('dnf4', true) },
  { starts: 'cachedir: ', read: aside(text()) },
  { starts: 'User-Agent: ', read: text() },
  { starts: 'repo: using cache for: ', read: text() },
  dnf4Lock,
  // microdnf, through GLib.
  { starts: '(microdnf:', has: 'Skipping refresh of ', read: failing('minor') },
  { starts: '(process:', has: 'Skipping refresh of ', read: failing('minor') },
  { starts: '(microdnf:', has: '-WARNING **: ', read: text() },
  { starts: '(process:', has: '-WARNING **: ', read: text() },
  { starts: 'Failed to set locale', read: warning },
  { starts: 'Unable to detect release version', read: warning },
  { starts: 'Package ', has: ' is already installed', read: aside(text()) },
  { starts: 'Key import failed (code ', read: warning },
  { starts: 'Package ', has: ' is not signed', read: failing('partial') },
  { starts: 'Package ', has: ' available, but not installed', read: warning },
  { starts: 'Package ', has: ' already installed, cannot downgrade it', read: text() },
  { starts: 'Package(s) ', has: ' available, but not installed', read: warning },
  { starts: 'Errors during downloading metadata', read: failing('minor', { tool: 'dnf4' }) },
  { starts: 'Ignoring repositories: ', read: ignoring },
  { starts: 'Modular dependency problem', read: aside(failing('minor', { tool: 'dnf4' })) },
  { starts: 'The operation would result in switching', read: warning },
  ...[' Problem', ' Problème', ' Проблема', ' 문제', ' 問題', ' 问题'].map(
    (starts): Rule => ({ starts, read: aside(failing('minor', { tool: 'dnf4' })) }),
  ),
  { starts: 'Problem repository: ', read: aside(text()) },
  { starts: '(try to add ', read: text('dnf4') },
  { starts: '[SKIPPED] ', read: text('dnf4') },
  { starts: '[MIRROR] ', read: failing('minor', { tool: 'dnf4' }) },
  { starts: '[FAILED] ', read: failing('partial', { tool: 'dnf4' }) },
  { starts: '[DRPM', read: text('dnf4') },
  { starts: 'DNF will only download', read: text('dnf4') },
  { starts: 'Key imported successfully', read: text('dnf4') },
  { starts: 'Matched from:', read: answer },
  { starts: 'Upgrades', read: text() },
  { starts: 'Obsoleting Packages', read: text() },
];

/** Lines that dnf 4 may print after the outcome of the run. */
export const dnf4Tail: readonly Rule[] = [
  { starts: 'The downloaded packages were saved in cache', read: text('dnf4') },
  { starts: 'You can remove cached packages', read: text('dnf4') },
  { starts: 'Transaction saved to ', read: text() },
  { starts: 'Download complete! ', read: text('dnf4') },
  { starts: 'To remove cached metadata and transaction', read: text('dnf4') },
  { starts: 'Warning, the following problems occurred', read: failing('minor') },
];
