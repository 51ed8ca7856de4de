import type { WorldCase } from '../case.ts';

/** A start file of root with this text, which bash reads before every command of a login. */
function bashrc(text: string): string {
  return `cat >/root/.bashrc <<'START'\n${text}\nSTART`;
}

const works = { code: 0, says: ['+ 2 nodes - 2 done'], logins: 1 } as const;
const noJobHere = ['may go on', 'may still be running', 'may still run', 'Read the log'];

function broken(...says: (string | RegExp)[]): WorldCase['expect'] {
  return { code: 1, says: ['started no command', ...says], never: noJobHere, logins: 2 };
}

const working: readonly (readonly [name: string, text: string])[] = [
  ['prints 88 KB', 'yes | head -c 88000'],
  ['prints 1.3 MB on both streams', 'yes | head -c 1300000; yes | head -c 1300000 >&2'],
  ['prints 12 MB', 'yes "$(printf %0100d 1)" | head -c 12000000'],
  ['prints no newline at its end', 'printf "no newline at the end"'],
  ['prints control characters', 'printf "\\033]0;title\\007\\033[2J\\377\\376\\000x"'],
  ['sets a terminal that is not there', 'stty erase ^H; tput setaf 1'],
  ['traces its commands', 'set -x'],
  ['stops at errors and unset variables', 'set -eu'],
  ['has a trap at the exit', 'trap "echo bye; echo bye >&2" EXIT'],
  [
    'has aliases and functions for what we call',
    'alias printf=false; alias exec=false; alias read=false; ls() { false; }',
  ],
  ['has the line ends of Windows', 'PS1="$ "\r\nalias ll="ls -l"\r'],
  ['goes to a folder that is not there', 'cd /nonexistent; umask 077'],
  ['limits the time at the prompt', 'TMOUT=2; readonly TMOUT'],
  ['sets a locale that is not there', 'export LC_ALL=ko_KR.eucKR LANG=xx_YY'],
  ['closes the standard error', 'exec 2>/dev/null'],
  ['starts programs in the background', 'sleep 3 >/dev/null 2>&1 </dev/null &'],
  ['reads the input to the end in the background', '(sleep 2; echo late) & '],
  ['sets POSIXLY_CORRECT and IFS', 'export POSIXLY_CORRECT=1 IFS=:'],
  ['has BASH_ENV and ENV', 'echo "echo env" >/tmp/env; export BASH_ENV=/tmp/env ENV=/tmp/env'],
  ['loads 2,000 environment variables', 'for i in $(seq 2000); do export "V$i=$i"; done'],
];

const failing: readonly (readonly [
  name: string,
  text: string,
  says: readonly (string | RegExp)[],
  more?: Partial<WorldCase>,
])[] = [
  [
    'sleeps',
    'sleep 1000',
    [
      'sick (10.9.0.2:22): the login of root started no command within 60 seconds; a start file or the login shell is waiting.',
    ],
    { isLong: true },
  ],
  [
    'sleeps after a word',
    'echo "mounting /nfs/home"; sleep 1000',
    ['within 60 seconds', 'mounting /nfs/home'],
    { isLong: true },
  ],
  ['becomes zsh', 'exec zsh', ['a start file replaces the shell'], { isLong: true }],
  ['becomes fish', 'exec fish', ['a start file replaces the shell'], { isLong: true }],
  ['becomes tmux', 'exec tmux', ['needs a terminal', 'open terminal failed: not a terminal']],
  [
    'asks a question',
    'read -p "Continue? " answer',
    ['a start file of root waits for input before commands run.'],
    { isLong: true },
  ],
  [
    'records the session',
    'script -q /dev/null',
    ['sick (10.9.0.2:22)', '[[ $- == *i* ]]'],
    { isLong: true, once: 'the shells in shells that it leaves behind' },
  ],
  ['redirects its output', 'exec >/tmp/log 2>&1', ['started no command'], { isLong: true }],
  [
    'redirects the standard output',
    'exec >/tmp/log',
    ['a start file of root redirects the output of commands.'],
    { isLong: true },
  ],
  [
    'shows a menu',
    'while true; do echo "1) shell 2) quit"; read choice || sleep 1000; done',
    ['1) shell 2) quit'],
    { isLong: true },
  ],
];

export const startFileCases: readonly WorldCase[] = [
  { name: 'A plain node works.', expect: works, second: { says: ['= unchanged'] } },
  ...working.map(([name, text]) => ({
    name: `A start file that ${name} does no harm.`,
    setup: bashrc(text),
    expect: works,
  })),
  ...failing.map(([name, text, says, more]) => ({
    name: `A start file that ${name} is named as the cause.`,
    setup: bashrc(text),
    expect: { ...broken(...says), says, withinS: more?.isLong ? 230 : 90 },
    ...more,
  })),
  {
    name: 'A start file that never stops printing is named as the cause.',
    setup: bashrc('yes "$(printf %01000d 1)"'),
    expect: {
      code: 1,
      says: ['print more than 16 MB before a command starts.'],
      never: noJobHere,
      logins: 2,
    },
  },
  {
    name: 'A start file that prints 130 KB on the standard error does no harm to sudo.',
    setup: `cat >/home/deploy/.bashrc <<'START'\nyes | head -c 130000 >&2\nSTART`,
    login: 'user: deploy, become: sudo',
    expect: works,
  },
  {
    name: 'A start file that exits is named with its exit code.',
    setup: bashrc('exit 7'),
    expect: {
      code: 1,
      says: ['runs no commands for root: the login ended with exit code 7.'],
      never: noJobHere,
      logins: 2,
    },
  },
  {
    name: 'A start file that empties PATH is named by the shell itself.',
    setup: bashrc('PATH=/nowhere'),
    expect: { code: 1, says: ['exit code 127', 'sh: '], never: noJobHere, logins: 2 },
  },
  {
    name: 'A start file that kills its shell is named.',
    setup: bashrc('kill -9 $$'),
    expect: { code: 1, says: ['runs no commands for root'], never: noJobHere, logins: 2 },
  },
  ...(['zsh', 'fish', 'tcsh', 'dash', 'rbash'] as const).map((shell) => ({
    name: `The login shell ${shell} with a start file that prints does no harm.`,
    setup: `sed -i "s|^root:.*|root:x:0:0:root:/root:$(command -v ${shell})|" /etc/passwd
mkdir -p /root/.config/fish
echo 'echo hello from the start file' | tee /root/.zshenv /root/.cshrc /root/.bashrc >/root/.config/fish/config.fish`,
    expect: works,
  })),
];
