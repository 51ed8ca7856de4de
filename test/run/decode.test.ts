import assert from 'node:assert/strict';
import { decodeEvent, journalLine } from '../../src/app/logs/journal-file.ts';
import { english, joined, type Message, msg, plain } from '../../src/base/l10n.ts';
import { authFailure } from '../../src/remote/base/login-failures.ts';
import type { TimedEvent } from '../../src/run/events.ts';

function lost(message: Message): TimedEvent {
  return {
    type: 'node-failed',
    node: 'web1',
    failure: { code: 'lost', message, action: msg('Check the network.') },
    at: 1,
  };
}

/** Decodes a journal event with this value as its message. */
function read(message: unknown): TimedEvent | undefined {
  const { failure, ...event } = lost(plain('')) as Extract<TimedEvent, { type: 'node-failed' }>;
  return decodeEvent(JSON.stringify({ ...event, failure: { ...failure, message } }));
}

describe('A message in a journal', () => {
  it('is decoded as it was written, in each of its forms and nested', () => {
    const forms: readonly Message[] = [
      msg('{0} ({1}): the connection was lost.', msg('Jump host {0}', 'gate'), 22),
      plain('{0} is no hole here'),
      joined([], ', '),
      joined([msg('done'), 'web1', 3, joined([plain('a'), plain('b')], '; ')], ' · '),
      msg('{0} failed', joined(['a', msg('unknown')])),
    ];
    for (const form of forms) assert.deepEqual(decodeEvent(journalLine(lost(form))), lost(form));
  });

  it('is decoded from a pattern without words that an earlier version wrote', () => {
    const text = { text: '{0}; {1}', args: ['key a', { text: '{0}: {1}', args: ['key b', 'refused'] }] };
    const event = read(text);
    assert.ok(event?.type === 'node-failed');
    assert.equal(english(event.failure.message), 'key a; key b: refused');
  });

  it('is decoded with any number of login methods', () => {
    const tried = Array.from({ length: 40 }, (_, index) =>
      joined([plain(`key ${index}`), msg('refused')], ': '),
    );
    const target = { node: 'web1', host: '192.0.2.1', port: 22, user: 'root', identities: [] };
    const { message } = authFailure(target, { tried });
    assert.deepEqual(decodeEvent(journalLine(lost(message))), lost(message));
  });

  it('is refused together with its event if it has no valid form', () => {
    const wrong: readonly unknown[] = [
      ...[
        'text',
        7,
        null,
        [],
        {},
        { text: 'x' },
        { args: [] },
        { text: 7, args: [] },
        { text: 'x', args: 'y' },
      ],
      ...[{ plain: 7 }, { plain: null }, { plain: ['x'] }, { plain: { plain: 'x' } }],
      ...[{ parts: [] }, { separator: ', ' }, { parts: 'ab', separator: '' }, { parts: [], separator: 7 }],
      ...[
        { parts: [{}], separator: '' },
        { parts: [null], separator: '' },
        { parts: [['x']], separator: '' },
      ],
    ];
    for (const message of wrong) assert.equal(read(message), undefined, JSON.stringify(message));
  });

  it('with the keys of two forms is decoded in the preferred form if that one is valid', () => {
    const pattern = { text: 'x', args: [] };
    assert.equal(read({ ...pattern, plain: 7 }), undefined);
    assert.equal(read({ ...pattern, parts: 'ab', separator: '' }), undefined);
    assert.equal(read({ plain: 7, parts: [], separator: '' }), undefined);
    const event = read({ ...pattern, parts: [7], separator: [], plain: 'shown' });
    assert.ok(event?.type === 'node-failed');
    assert.equal(english(event.failure.message), 'shown');
  });

  it('is refused if messages are nested too deeply', () => {
    let message: Message = plain('x');
    for (let depth = 0; depth < 8; depth += 1) message = joined([message]);
    assert.ok(read(message));
    assert.equal(read(joined([message])), undefined);
  });
});
