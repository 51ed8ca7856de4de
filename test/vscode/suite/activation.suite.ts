import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openInWorkspace } from './support.ts';

const ID = 'stackprep.stackprep';

describe('The extension', () => {
  it('activates when a cluster file is opened', async () => {
    const { document } = await openInWorkspace('seed.cluster.yaml', 'cluster: seed-lab\n');
    assert.equal(document.languageId, 'openstack-cluster');
    await eventually(() => assert.equal(vscode.extensions.getExtension(ID)?.isActive, true));
  });

  it('never takes over other YAML files', async () => {
    const { document } = await openInWorkspace('compose.yaml', 'services: {}\n');
    assert.notEqual(document.languageId, 'openstack-cluster');
  });
});
