import { msg, plain } from '../../base/l10n.ts';
import { reasonOf, type SshdDirective, type SshdVersion, sshdOf } from '../../data/sshd.ts';
import { codes, type Page, sourceLine } from './page.ts';

function systemsOf(version: SshdVersion): string {
  return Object.entries(sshdOf)
    .filter(([, versions]) => versions.includes(version))
    .map(([el]) => `EL${el}`)
    .join(', ');
}

/** The explanation of an sshd directive. */
export function explainDirective({ name, value, since, ignoredSince, vendor, source }: SshdDirective): Page {
  const reason = reasonOf(name);
  return [
    msg('**{0}**: a setting of sshd', name),
    [
      ...(value.kind === 'words' ? [msg('Values: {0}', codes(value.words))] : []),
      ...(value.kind === 'pattern' ? [msg('A value such as {0}', codes([value.example]))] : []),
      ...(since === undefined ? [] : [msg('Available since OpenSSH {0} ({1}).', since, systemsOf(since))]),
      ...(ignoredSince === undefined ? [] : [msg('No effect since OpenSSH {0}.', ignoredSince)]),
      ...(reason ? [reason] : []),
      ...(vendor ? [msg('Only in sshd of Enterprise Linux.')] : []),
    ],
    plain(`[sshd_config(5)](https://man.openbsd.org/sshd_config#${name})`),
    sourceLine([source]),
  ];
}
