import assert from 'node:assert/strict';
import { msg } from '../../src/base/l10n.ts';
import { createTurns } from '../../src/client/editor/dialog-queue.ts';
import type { Vault } from '../../src/client/secrets/vault.ts';
import type { SecretQuestion } from '../../src/remote/base/prompts.ts';
import { bundleClient, type ClientBundle } from '../support/client-bundle.ts';

type Exports = Pick<typeof import('../../src/client/prompts.ts'), 'createPrompts'> &
  Pick<typeof import('../../src/client/host-key-dialog.ts'), 'askAboutKey'>;

interface Button {
  readonly title: string;
  readonly isCloseAffordance?: boolean;
}

const { signal } = new AbortController();

const question = {
  node: 'n1',
  host: '10.0.0.1',
  port: 22,
  algorithm: 'ssh-ed25519',
  fingerprint: 'SHA256:abcd',
};

const sudo: SecretQuestion = {
  ...{ kind: 'sudo', node: 'n1', host: '10.0.0.1', port: 22, user: 'admin' },
  ...{ text: msg('Password'), echo: false, attempt: 1, keep: 'key' },
};

class TokenSource {
  readonly token = {};
  readonly cancel = (): void => undefined;
  readonly dispose = (): void => undefined;
}

describe('The prompts', function () {
  this.timeout(120_000);
  let bundle: ClientBundle<Exports>;
  before(async () => {
    bundle = await bundleClient(['prompts', 'host-key-dialog'], ['window', 'env', 'CancellationTokenSource']);
  });
  after(() => bundle.dispose());

  /** Prompts whose dialogs get these answers; the calls are recorded. */
  function promptsWith(answers: { keys?: readonly number[]; typed?: readonly string[]; kept?: string }) {
    const calls: string[] = [];
    const shown: (readonly Button[])[] = [];
    const keys = [...(answers.keys ?? [])];
    const typed = [...(answers.typed ?? [])];
    bundle.use({
      CancellationTokenSource: TokenSource,
      env: { clipboard: { writeText: async (text: string) => void calls.push(`copied ${text}`) } },
      window: {
        showWarningMessage: async (_: string, __: object, ...buttons: readonly Button[]) => {
          shown.push(buttons);
          const picked = keys.shift();
          return picked === undefined ? undefined : buttons[picked];
        },
        showInputBox: async ({ prompt }: { prompt: string }) => {
          calls.push(`asked: ${prompt}`);
          return typed.shift();
        },
        showQuickPick: async (items: readonly { label: string }[]) => {
          calls.push(`offered: ${items.map(({ label }) => label).join(' / ')}`);
          return items.find(({ label }) => label === answers.kept);
        },
      },
    });
    const vault: Vault = {
      get: async () => undefined,
      keep: async (key, value) => void calls.push(`kept ${key} ${value}`),
      forget: async (key) => void calls.push(`forgot ${key}`),
      keys: () => [],
    };
    return { prompts: bundle.exports.createPrompts(vault, createTurns()), calls, shown };
  }

  it('about an unknown host key focus a button that copies the fingerprint and never trusts it', async () => {
    const { prompts, calls, shown } = promptsWith({ keys: [0, 0] });
    assert.equal(await prompts.hostKey(question, signal), 'reject');
    assert.deepEqual(calls, ['copied SHA256:abcd', 'copied SHA256:abcd']);
    assert.deepEqual(
      shown[0]?.map(({ title }) => title),
      ['Copy Fingerprint', 'Trust and Save', 'Trust Once', 'Cancel'],
    );
    assert.equal(shown[0]?.at(-1)?.isCloseAffordance, true);
    assert.equal(shown.length, 3);
  });

  it('about an unknown host key trust it only by the button that says so', async () => {
    assert.equal(await promptsWith({ keys: [1] }).prompts.hostKey(question, signal), 'save');
    assert.equal(await promptsWith({ keys: [0, 2] }).prompts.hostKey(question, signal), 'once');
    assert.equal(await promptsWith({ keys: [3] }).prompts.hostKey(question, signal), 'reject');
  });

  it('ask whether to keep a password only once it has been accepted', async () => {
    const { prompts, calls } = promptsWith({ typed: ['wrong', 'right'], kept: 'Remember' });
    assert.equal(await prompts.secret(sudo, signal), 'wrong');
    await prompts.answerChecked?.('key', false);
    assert.equal(await prompts.secret({ ...sudo, attempt: 2 }, signal), 'right');
    assert.deepEqual(calls, ['asked: Password', 'forgot key', 'asked: Incorrect. Password']);
    await prompts.answerChecked?.('key', true);
    assert.deepEqual(calls.slice(3), ['offered: Keep Until VS Code Closes / Remember', 'kept key right']);
    await prompts.answerChecked?.('key', true);
    assert.equal(calls.length, 5, 'it is asked once');
  });

  it('store no password when the user closes the question', async () => {
    const { prompts, calls } = promptsWith({ typed: ['right'] });
    await prompts.secret(sudo, signal);
    await prompts.answerChecked?.('key', true);
    assert.equal(
      calls.some((call) => call.startsWith('kept')),
      false,
    );
  });
});
