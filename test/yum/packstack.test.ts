import assert from 'node:assert/strict';
import { initialYum, reduceYum, type YumProgress } from '../../src/yum/progress.ts';
import { explain } from './explained.ts';
import { parse } from './logs.ts';

// Tasks, manifests, the wait and the end have the wording and layout of the source of Packstack (plugins/puppet_950.py) and of public
// transcripts; the prefetch line follows Packstack's list of harmless lines. Order and hosts are composed; the first line is that of the step.
const transcript = `Packstack applies 4 manifests: of the controller twice, of each network and compute host once
Welcome to the Packstack setup utility

The installation log file is available at: /var/tmp/packstack/x/openstack-setup.log

Installing:
Clean Up                                             [ DONE ]
Setting up ssh keys                                  [ DONE ]
Preparing servers                                    [ DONE ]
Applying 192.168.113.171_controller.pp
192.168.113.171_controller.pp:                       [ DONE ]
Applying 192.168.113.171_network.pp
Error: Could not prefetch database_grant provider 'mysql': Command mysql is missing
192.168.113.171_network.pp:                          [ DONE ]
Applying 192.168.113.172_compute.pp
Testing if puppet apply is finished: 192.168.113.172_compute.pp [ - ]
192.168.113.172_compute.pp:                          [ DONE ]
Applying 192.168.113.171_controller_post.pp
192.168.113.171_controller_post.pp:                  [ DONE ]
Finalizing                                           [ DONE ]

 **** Installation completed successfully ******

Additional information:
 * File /root/keystonerc_admin has been created on OpenStack client host 192.168.113.171.
`;

function last(text: string): YumProgress {
  return parse(text).reduce<YumProgress>(reduceYum, initialYum);
}

function until(line: string): string {
  return transcript.slice(0, transcript.indexOf(line) + line.length + 1);
}

describe('The output of Packstack', () => {
  it('is recognized by each of its lines alone', () => {
    const lines = transcript.split('\n').filter((line) => / \]$|^Applying |^Welcome /.test(line));
    lines.push(
      'Gathering ssh host keys                              [ DONE ]',
      'You will find full trace in log /var/tmp/packstack/x/manifests/10.0.0.5_controller.pp.log',
      'Please check log file /var/tmp/packstack/x/openstack-setup.log for more information',
    );
    for (const line of lines) assert.equal(explain(`${line}\n`).summary.tool, 'packstack', line);
  });

  it('shows how many of the expected manifests are done, and the host of the next', () => {
    const half = last(until('Applying 192.168.113.172_compute.pp'));
    assert.deepEqual(
      [half.phase, half.done, half.total, half.percent, half.label],
      ['transaction', 2, 4, 50, 'Applying 192.168.113.172_compute.pp'],
    );
    const all = last(transcript);
    assert.deepEqual([all.finished, all.percent, all.tool], [true, 100, 'packstack']);
  });

  it('has no error in the lines that Packstack itself lists as harmless', () => {
    assert.deepEqual(last(transcript).errors, []);
    const { summary, explanation } = explain(transcript, 0);
    assert.deepEqual([summary.outcome, summary.unparsed, explanation], ['success', 0, undefined]);
  });

  it('shows no count when the number of manifests is not known', () => {
    const { percent, finished } = last(transcript.slice(transcript.indexOf('Welcome')));
    assert.deepEqual([percent, finished], [100, true]);
    assert.equal(last(until('Applying 192.168.113.172_compute.pp').replace(/^.*\n/, '')).percent, undefined);
  });

  it('can follow and precede a run of yum', () => {
    const yum = 'Loaded plugins: fastestmirror\nNothing to do\n';
    assert.equal(last(`${yum}${transcript}`).tool, 'packstack');
    assert.equal(last(`${yum}${until('Applying 192.168.113.172_compute.pp')}`).percent, 50);
  });
});
