import { msg } from '../base/l10n.ts';
import type { Called } from './custom.ts';
import { called, customScripts } from './custom.ts';
import { onCalls, put } from './custom-calls.ts';
import { installed, isYum, subcommand } from './custom-packages.ts';
import type { Rule } from './rule.ts';

const editors: ReadonlySet<string> = new Set(
  'vi vim nano emacs visudo mysql_secure_installation passwd less more top htop'.split(' '),
);

function has({ args }: Called, option: RegExp): boolean {
  return args.some(({ text }) => option.test(text));
}

/** Whether a command waits for input from a terminal. */
function isInteractive(call: Called): boolean {
  const { name, args } = call;
  if (name === 'passwd')
    return !has(
      call,
      /^(?:--stdin|-(?=[a-zA-Z]*[deilnSuwx])[a-zA-Z]+|--(?:lock|unlock|delete|expire|inactive|maximum|minimum|status|warning))$/,
    );
  if (name === 'top') return !has(call, /^-[a-zA-Z]*b/);
  if (name === 'vi' || name === 'vim' || name === 'emacs')
    return !has(call, /^(?:-(?=[a-zA-Z]*[es])[a-zA-Z]+|--batch|-batch)$/);
  if (editors.has(name)) return args[0]?.text !== '--version' && !has(call, /^-c$/);
  if (name === 'rm' || name === 'cp' || name === 'mv')
    return has(call, /^(?:-(?=[a-zA-Z]*i)[a-zA-Z]+|--interactive(?:=always)?)$/);
  if (/^mysql(?:admin|dump)?$/.test(name)) return has(call, /^(?:-p|--password)$/);
  if (name === 'crontab') return has(call, /^-e$/);
  if (name === 'systemctl') return args[0]?.text === 'edit' && !has(call, /^--stdin$/);
  if (name === 'ssh-keygen') return args.length === 0 || (has(call, /^-t$/) && !has(call, /^-[NYl]/));
  return false;
}

/** Whether a command runs until it is stopped. */
function isEndless(call: Called): boolean {
  if (call.name === 'watch') return call.args.length > 0;
  return (
    (call.name === 'tail' || call.name === 'journalctl') &&
    has(call, /^(?:-(?=[a-zA-Z]*[fF])[a-zA-Z]+|--follow(?:=\w+)?)$/)
  );
}

/** Commands that an empty or split value makes dangerous. */
const careful: ReadonlySet<string> = new Set(
  'rm mv cp chmod chown chgrp ln mkdir rmdir cd [ test'.split(' '),
);

/** Whether a command changes something on the node. */
function isChange(call: Called): boolean {
  const first = call.args.find(({ text }) => !text.startsWith('-'))?.text ?? '';
  if (call.args.some(({ text }) => text.startsWith('/tmp/'))) return false;
  if (isYum(call)) return subcommand(call).verb !== '';
  if (call.name === 'systemctl')
    return /^(?:start|stop|restart|reload|enable|disable|mask|unmask|set-default)$/.test(first);
  if (call.name === 'sed') return has(call, /^(?:-[a-zA-Z]*i|--in-place)/);
  if (call.name === 'rpm') return has(call, /^-[a-zA-Z]*[UFe]/) && !has(call, /^-[a-zA-Z]*[qV]/);
  return /^(?:mkdir|touch|mv|cp|useradd|userdel|usermod|groupadd|setenforce|chmod|chown|ln)$/.test(call.name);
}

/** Typographic blanks and quotes anywhere, dashes at the start of a word. */
const pasted = /[\u00a0\u2007\u202f\u3000\ufeff“”„‘’]|^[–—−]/;

export const customShellRules: readonly Rule[] = [
  {
    code: 'custom-no-check',
    severity: 'information',
    about: msg(
      'Without a check, the step counts as done once this exact text has run successfully. Later changes on the node are not detected.',
    ),
    check: ({ file, cluster, reading, at }, report) => {
      const kept = reading.kept.get('steps') ?? [];
      const counted = new Set(cluster.steps.map(({ span }) => span?.start));
      file.steps?.forEach((step, index) => {
        const item = kept[index] ?? index;
        if (typeof step === 'string' || at('steps', item, 'check')) return;
        const span = at('steps', item, 'name')?.value;
        if (!counted.has(span?.start)) return;
        report(
          span,
          msg('{0} has no check. Add one that exits with 0 if there is nothing to do.', step.name),
        );
      });
    },
  },
  {
    code: 'custom-empty',
    severity: 'warning',
    about: msg('A script without a command does nothing and reports success.'),
    check: (context, report) => {
      for (const { text, script, name, spanOf, kind } of customScripts(context)) {
        if (kind !== 'run' || text.trim() === '' ? kind !== 'run' : script.commands.length > 0) continue;
        if (script.openQuote !== undefined || /[^\s#]/.test(text.replace(/#.*/g, ''))) continue;
        report(spanOf(0, text.length), msg('{0} runs no command. Add the commands to run.', name));
      }
    },
  },
  {
    code: 'custom-quote-open',
    severity: 'warning',
    about: msg(
      'The shell searches to the end of the text for the closing quote and stops with "unexpected end of file".',
    ),
    check: (context, report) => {
      for (const { script, spanOf } of customScripts(context)) {
        if (script.openQuote === undefined) continue;
        report(spanOf(script.openQuote, script.openQuote + 1), msg('This quote is not closed.'));
      }
    },
  },
  {
    code: 'custom-pasted-character',
    severity: 'warning',
    about: msg(
      'Copying from a web page can replace spaces, quotes and hyphens with similar characters, which the shell reads as ordinary letters.',
    ),
    hasFix: true,
    check: onCalls((call, report) => {
      for (const word of call.command.words) {
        const raw = call.own.text.slice(word.start, word.end);
        // Inside quotes they may be intended.
        const at = /["'`$]/.test(raw) ? -1 : raw.search(pasted);
        const sign = raw[at];
        if (sign === undefined) continue;
        // Replacing only one quote of a pair would be worse.
        const plain = /[“”„‘’]/.test(sign) ? undefined : /[–—−]/.test(sign) ? '-' : ' ';
        const place = { start: word.start + at, end: word.start + at + 1, text: plain ?? '' };
        const title = msg('Change to {0}', plain === ' ' ? msg('a space') : '-');
        report(
          msg('This is a similar-looking Unicode character. The shell reads it as an ordinary letter.'),
          word,
          plain === undefined ? undefined : put(call, title, place),
        );
      }
    }),
  },
  {
    code: 'custom-interactive',
    severity: 'warning',
    about: msg(
      'Steps are non-interactive: a command that prompts for input or opens an editor fails or hangs.',
    ),
    check: onCalls((call, report) => {
      if (call.command.before === '|' || call.command.hasInput || !isInteractive(call)) return;
      report(msg('{0} waits for input, but a step has none. Use a non-interactive form.', call.name));
    }),
  },
  {
    code: 'custom-never-ends',
    severity: 'warning',
    about: msg('The command runs until it is interrupted, so the step never ends.'),
    check: onCalls((call, report) => {
      if (!isEndless(call) || call.command.after === '&' || call.command.after === '|') return;
      report(msg('{0} never ends here, and neither does the step.', call.name));
    }),
  },
  {
    code: 'custom-unquoted-variable',
    severity: 'information',
    about: msg('Without quotes, a value with spaces splits into several words, and an empty one disappears.'),
    check: onCalls((call, report) => {
      if (!careful.has(call.name)) return;
      for (const word of call.args) {
        const open = word.variables.find(
          ({ isQuoted, name: variable }) => !isQuoted && !/^[*@]$/.test(variable),
        );
        if (!open) continue;
        const text = call.own.text.slice(open.start, open.end);
        report(
          msg('Put "{0}" in quotes.', text),
          open,
          put(call, msg('Put it in quotes'), { ...open, text: `"${text}"` }),
        );
      }
    }),
    hasFix: true,
  },
  {
    code: 'custom-sudo',
    severity: 'information',
    about: msg('Steps already run as root. Where sudo requires a terminal, the command fails.'),
    hasFix: true,
    check: onCalls((call, report) => {
      const [sudo, next] = call.command.words;
      if (!sudo || !next || sudo.text !== 'sudo' || next.text.startsWith('-') || !called(call.command))
        return;
      const fix = put(call, msg('Remove {0}', 'sudo'), { start: sudo.start, end: next.start, text: '' });
      report(msg('Steps run as root. sudo is not needed.'), sudo, fix);
    }),
  },
  {
    code: 'custom-check-changes',
    severity: 'warning',
    about: msg('A check runs every time the node is checked, so it must not change anything.'),
    check: onCalls((call, report) => {
      if (call.own.kind !== 'check' || !isChange(call)) return;
      report(msg('A check must not change anything. Move {0} to `run`.', call.name));
    }),
  },
  {
    code: 'custom-unverified-download',
    severity: 'information',
    about: msg('The origin of the download is not verified before it is run or installed.'),
    check: onCalls((call, report) => {
      const isCurl = call.name === 'curl' || call.name === 'wget';
      const isOpen = isCurl && has(call, /^(?:-(?=[a-zA-Z]*k)[a-zA-Z]+|--insecure|--no-check-certificate)$/);
      const isPiped =
        isCurl &&
        call.command.after === '|' &&
        /^\|\s*(?:sudo\s+)?(?:ba)?sh\b/.test(call.own.text.slice(call.command.end).trimStart());
      const isUnsigned = isYum(call) && has(call, /^--nogpgcheck$/);
      const isPlain = installed(call).some(({ text }) => /^(?:http|ftp):\/\//i.test(text));
      if (!isOpen && !isPiped && !isUnsigned && !isPlain) return;
      report(
        msg('The origin of this download is not verified. Use https with certificates, and signed packages.'),
      );
    }),
  },
];
