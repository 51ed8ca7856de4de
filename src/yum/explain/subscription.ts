import { msg } from '../../base/l10n.ts';
import type { KnownFailure } from './known-failure.ts';

/** Messages of subscription-manager itself, without dnf or yum. Source: its src/subscription_manager/cli_command and exceptions.py. */
export const subscriptionFailures: readonly KnownFailure[] = [
  {
    id: 'already-registered',
    source: 'subscription-manager cli_command/register.py',
    area: 'system',
    level: 'error',
    pattern: /This system is already registered\. (?:Use --force to override|Add --force)/,
    diagnose: () => ({
      cause: msg('The system is registered already, so subscription-manager did nothing (exit code 64).'),
      advice: msg(
        'Nothing needs to be done if subscription-manager identity shows the right organization. Otherwise run subscription-manager register --force.',
      ),
    }),
  },
  {
    id: 'activation-key-unknown',
    source: 'candlepin: None of the activation keys specified exist for this org',
    area: 'system',
    level: 'error',
    pattern:
      /None of the activation keys specified exist for this org|Couldn't find [Aa]ctivation [Kk]ey\(?s?\)?/,
    diagnose: () => ({
      cause: msg('The organization has no such activation key.'),
      advice: msg('Check --activationkey and --org: the organization is its ID or label, not its name.'),
    }),
  },
  {
    id: 'organization-unknown',
    source: "candlepin and Katello: Organization X does not exist; Couldn't find organization",
    area: 'system',
    level: 'error',
    pattern:
      /^(?:HTTP error \(\d{3} [^)]{1,40}\): )?(?:Organization "?([\w .-]{1,200})"? does not exist|Couldn't find organization '([^'"]{1,200})')/,
    diagnose: (name = '', other = '') => ({
      cause: msg(
        'The organization {0} does not exist on the server that the system registers with.',
        name || other,
      ),
      advice: msg(
        'Check --org (its ID or label), and hostname= in /etc/rhsm/rhsm.conf: Satellite and Red Hat have different ones.',
      ),
    }),
  },
  {
    id: 'subscription-login',
    source: 'candlepin: Invalid Credentials; subscription-manager: Invalid username or password',
    area: 'system',
    level: 'error',
    pattern: /^HTTP error \(401\b|^(?:Invalid username or password|Invalid Credentials)/,
    diagnose: () => ({
      cause: msg('The server did not accept the user name or the password.'),
      advice: msg(
        'Check them at access.redhat.com, or use an activation key with --org and --activationkey.',
      ),
    }),
  },
  {
    id: 'consumer-gone',
    source:
      'candlepin: Unit X has been deleted; subscription-manager exceptions.py: Consumer profile has been deleted',
    area: 'system',
    level: 'error',
    pattern: /(?:Unit|Consumer|Consumer profile) "?([0-9a-f-]{36})"? has been deleted(?: from the server)?/,
    diagnose: (id = '') => ({
      cause: msg('The registration of this system ({0}) was deleted on the server.', id),
      advice: msg('Run subscription-manager clean, then subscription-manager register.'),
    }),
  },
  {
    // After failures of the network: a container has public repositories without a registration.
    id: 'not-registered',
    source: 'subscription-manager: dnf-plugins/subscription-manager.py; identity.py: not yet registered',
    area: 'repository',
    level: 'error',
    pattern: /^This system is not (?:registered (?:with|to) |yet registered\.)/,
    diagnose: () => ({
      cause: msg('This RHEL system is not registered, so it has no repositories of Red Hat.'),
      advice: msg('Register it with subscription-manager register, then run it again.'),
    }),
  },
  {
    id: 'subscription-repository',
    source: 'subscription-manager cli_command/repos.py',
    area: 'repository',
    level: 'error',
    pattern: /'([^']{1,200})' does not match a valid repository ID/,
    diagnose: (id = '') => ({
      cause: msg('The subscription of this system has no repository {0}.', id),
      advice: msg(
        'List the right ones with subscription-manager repos --list. The name has the release and the architecture, and the organization must have the product.',
      ),
    }),
  },
  {
    id: 'subscription-server',
    source: 'subscription-manager exceptions.py: Network error, unable to connect to server',
    area: 'system',
    level: 'error',
    pattern:
      /^(?:Network error, unable to connect to server|Unable to verify server's identity|Unable to reach the server at )/,
    diagnose: () => ({
      cause: msg('subscription-manager cannot reach its server, or does not trust it.'),
      advice: msg(
        'Check hostname= and proxy_hostname= in /etc/rhsm/rhsm.conf, and /var/log/rhsm/rhsm.log. For Satellite, install its katello-ca-consumer package first.',
      ),
    }),
  },
];
