#!/usr/bin/python3
"""A stand-in for Packstack: reads and rewrites the answer file as the real one does, reaches every host by SSH as root,
prints what the real one prints, and leaves a Keystone that answers its version and nothing else. It installs nothing."""
import configparser
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import uuid

VERSION = '@VERSION@'
KEYS = json.loads(r'''@KEYS@''')


def fail(message, code=1):
    print('\nERROR : %s' % message)
    print('Please check log file %s for more information' % os.path.join(LOGS, 'openstack-setup.log'))
    sys.exit(code)


def done(title):
    print('%s%s[ DONE ]' % (title, ' ' * max(1, 60 - len(title))), flush=True)


LOGS = '/var/tmp/packstack/%s-%s' % (time.strftime('%Y%m%d-%H%M%S'), uuid.uuid4().hex[:6])
os.makedirs(LOGS)
latest = '/var/tmp/packstack/latest'
if os.path.islink(latest):
    os.unlink(latest)
os.symlink(LOGS, latest)
log = open(os.path.join(LOGS, 'openstack-setup.log'), 'w')

if not subprocess.run(['ip', 'route', 'show', 'default'], capture_output=True, text=True).stdout.strip():
    fail('Local IP address discovery failed. Please set a default gateway for your system.')
if sys.argv[1:] == ['--version']:
    print('packstack %s' % VERSION)
    sys.exit(0)
if len(sys.argv) != 2 or not sys.argv[1].startswith('--answer-file='):
    print('packstack: error: the stand-in knows --version and --answer-file=F', file=sys.stderr)
    sys.exit(2)
path = sys.argv[1].split('=', 1)[1]
if not os.path.isfile(path):
    fail('Error: Could not find file %s' % path)

print('Welcome to the Packstack setup utility\n')
print('The installation log file is available at: %s/openstack-setup.log\n' % LOGS)
parser = configparser.RawConfigParser()
try:
    parser.read(path)
    given = {key.upper(): value for key, value in parser.items('general')}
except configparser.Error as error:
    fail('Failed handling answer file: %s' % error)
values = {}
for key, about in KEYS.items():
    value = given.get(key, about['default'])
    if about['secret'] and value in ('', 'PW_PLACEHOLDER') and key != 'CONFIG_DEFAULT_PASSWORD':
        value = given.get('CONFIG_DEFAULT_PASSWORD') or uuid.uuid4().hex[:16]
    if about['options'] and value not in about['options']:
        reason = 'Given value is not member of allowed values %s: %s' % (about['options'], value)
        print('Parameter %s failed validation: %s' % (key, reason))
        fail('Failed handling answer file: %s' % reason)
    values[key] = value
hosts = []
for key in ('CONFIG_CONTROLLER_HOST', 'CONFIG_COMPUTE_HOSTS', 'CONFIG_NETWORK_HOSTS'):
    for host in values[key].split(','):
        if host.strip() not in hosts:
            hosts.append(host.strip())
for host in hosts:
    try:
        socket.create_connection((host, 22), 5).close()
    except OSError:
        fail('Failed handling answer file: Given host does not listen on port 22: %s' % host)

# Written anew with every key, the made-up passwords too; unknown keys are gone.
os.unlink(path)
with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), 'w') as out:
    out.write('[general]\n\n')
    for key, value in values.items():
        out.write('# %s\n%s=%s\n\n' % (key, key, value))

print('Installing:', flush=True)
done('Clean Up')
done('Discovering ip protocol version')
for host in hosts:
    ssh = ['ssh', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'BatchMode=yes']
    ran = subprocess.run(ssh + ['root@%s' % host, 'bash -x'], input='trap t ERR\nuname -n\n', capture_output=True, text=True)
    log.write('%s: %s\n' % (host, ran.stdout))
    if ran.returncode != 0:
        fail('Failed to run remote script, stdout: %s\nstderr: %s' % (ran.stdout, ran.stderr))
done('Setting up ssh keys')
done('Preparing servers')
done("Pre installing Puppet and discovering hosts' details")
for title in ('pre-install', 'CA', 'AMQP', 'MariaDB', 'Keystone'):
    done('Preparing %s entries' % title)
manifests = [(values['CONFIG_CONTROLLER_HOST'], 'controller')]
manifests += [(host.strip(), 'network') for host in values['CONFIG_NETWORK_HOSTS'].split(',')]
manifests += [(host.strip(), 'compute') for host in values['CONFIG_COMPUTE_HOSTS'].split(',')]
manifests += [(values['CONFIG_CONTROLLER_HOST'], 'controller_post')]
for host, kind in manifests:
    print('Applying %s_%s.pp' % (host, kind), flush=True)
    done('%s_%s.pp:' % (host, kind))
done('Applying Puppet manifests')
done('Finalizing')

controller = values['CONFIG_CONTROLLER_HOST']
with open(os.open('/root/keystonerc_admin', os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w') as out:
    out.write('unset OS_SERVICE_TOKEN\n    export OS_USERNAME=admin\n')
    out.write("    export OS_PASSWORD='%s'\n" % values['CONFIG_KEYSTONE_ADMIN_PW'])
    out.write('    export OS_REGION_NAME=RegionOne\n    export OS_AUTH_URL=http://%s:5000/v3\n' % controller)
shutil.rmtree('/run/lab-keystone', ignore_errors=True)
os.makedirs('/run/lab-keystone')
with open('/run/lab-keystone/v3', 'w') as out:
    out.write('{"version": {"id": "v3.14", "status": "stable"}}')
subprocess.run(['systemctl', 'stop', 'lab-keystone'], capture_output=True)
serve = ['/usr/bin/python3', '-m', 'http.server', '5000', '--bind', controller, '--directory', '/run/lab-keystone']
subprocess.run(['systemd-run', '--quiet', '--unit=lab-keystone'] + serve, check=True)
for _ in range(50):
    try:
        socket.create_connection((controller, 5000), 1).close()
        break
    except OSError:
        time.sleep(0.1)

print('\n **** Installation completed successfully ******\n')
print('Additional information:')
if not values['CONFIG_NTP_SERVERS']:
    print(' * Time synchronization installation was skipped. Please note that unsynchronized time on server instances '
          'might be problem for some OpenStack components.')
print(' * File /root/keystonerc_admin has been created on OpenStack client host %s. To use the command line tools you '
      'need to source the file.' % controller)
print(' * Because of the kernel update the host %s requires reboot.' % controller)
print(' * The installation log file is available at: %s/openstack-setup.log' % LOGS)
