#!/usr/bin/python3
"""A stand-in for Packstack (tags 10.0.1 to 26.0.0): reads, checks and rewrites the answer file, logs in to every host by SSH as root,
and prints the output of the real one, according to its source and the logs of real runs. Puppet is left out: manifests change
nothing, and a web server answers for Keystone with its version."""
import configparser
import glob
import json
import os
import re
import socket
import subprocess
import sys
import time
import uuid

VERSION = '@VERSION@'
KEYS = json.loads(r'''@KEYS@''')
# A test runs it outside a node with its own folders and port.
ROOT = os.environ.get('LAB_ROOT', '')
PORT = int(os.environ.get('LAB_SSH_PORT', '22'))
COLORS = {'red': '\033[0;31m', 'green': '\033[32m', 'yellow': '\033[33m'}
RELEASE = int(VERSION.split('.')[0])
messages = []
log_file = None


class Failure(Exception):
    pass


def color(text, name):
    return '%s%s\033[0m' % (COLORS[name], text)


def state(title, word, name):
    # installer/utils/strings.py: only the last color of its list is left out of the length.
    return title + ('[ %s ]' % color(word, name)).rjust(70 - len(title.replace(COLORS['yellow'], '')))


def say(text):
    print(text, flush=True)


def local_ip():
    found = subprocess.run(['ip', 'route', 'show', 'default'], capture_output=True, text=True).stdout.strip()
    if not found:
        raise Failure('Local IP address discovery failed. Please set a default gateway for your system.')
    device = found.split('dev ')[1].split()[0]
    shown = subprocess.run(['ip', '-4', '-o', 'addr', 'show', 'dev', device], capture_output=True, text=True).stdout
    return re.search(r'inet ([0-9.]+)', shown).group(1)


def touch(host):
    try:
        socket.create_connection((host, PORT), 5).close()
    except OSError:
        raise Failure('Given host does not listen on port 22: %s' % host)


def check_value(about, value):
    """installer/validators.py; hosts are really checked, as there."""
    checks, options = about['checks'], about['options']
    # A key that is empty by default belongs to a disabled group.
    if 'not_empty' in checks and about['default'] and not value:
        raise Failure('Given value is not allowed: %s' % value)
    wrong = [part for part in ([value] if 'options' in checks else value.split(','))
             if ('options' in checks or 'multi_options' in checks or 'neutron' in checks) and value and part.strip() not in options]
    if wrong:
        raise Failure('Given value is not member of allowed values %s: %s' % (options, wrong[0].strip()))
    if 'neutron' in checks and value != 'y':
        raise Failure('Nova network support has been removed in Ocata. Neutron service must be enabled')
    if ('integer' in checks or 'port' in checks) and value and not re.fullmatch(r'\s*[-+]?\d+\s*', value):
        raise Failure('Given value is not an integer: %s' % value)
    if 'ssh' in checks and value:
        touch(value.strip())
    for host in value.split(',') if 'multi_ssh' in checks else []:
        if host:
            touch(host.strip())


def is_active(key, values):
    """Whether the component of a key is installed; other keys are neither read nor checked."""
    part = re.match(r'CONFIG_([A-Z]+)_', key)
    switch = 'CONFIG_%s_INSTALL' % (part.group(1) if part else '')
    if key in ('CONFIG_STORAGE_HOST', 'CONFIG_SAHARA_HOST'):
        return values.get('CONFIG_UNSUPPORTED') == 'y'
    if key == 'CONFIG_TEMPEST_HOST':
        return values.get('CONFIG_PROVISION_TEMPEST') == 'y'
    if key in ('CONFIG_REDIS_HOST', 'CONFIG_REDIS_PORT', 'CONFIG_MONGODB_HOST'):
        return values.get('CONFIG_CEILOMETER_INSTALL') == 'y'
    if key.startswith('CONFIG_VCENTER'):
        return values.get('CONFIG_VMWARE_BACKEND') == 'y'
    if key.startswith('CONFIG_NEUTRON_OV'):
        agent = 'OVN' if values.get('CONFIG_NEUTRON_L2_AGENT') == 'ovn' else 'OVS'
        return key.startswith('CONFIG_NEUTRON_%s_' % agent)
    return key == switch or switch not in KEYS or key.startswith('CONFIG_MARIADB_') or values.get(switch) == 'y'


def answer(key, about, given):
    """installer/run_setup.py, _loadParamFromFile: the new name, then the old ones, then the default."""
    if key in given:
        return given[key]
    value = None
    for old in about['deprecates']:
        if not given.get(old):
            continue
        if value is None:
            value = given[old]
        if value != given[old]:
            raise Failure('Parameter %s deprecates following parameters:\n%s.\nPlease either use parameter %s or use '
                          'same value for all deprecated parameters.' % (key, about['deprecates'], key))
    if value is None:
        return about['default']
    messages.append('Deprecated parameter has been used in answer file. Please use parameter %s next time. This '
                    'parameter deprecates following parameters: %s.' % (key, about['deprecates']))
    return value


def read_answers(path, own):
    """Values of the installed components by key; the file must keep its content."""
    parser = configparser.RawConfigParser()
    try:
        parser.read(path)
        given = {key.upper(): value for key, value in parser.items('general')}
        values = {}
        switches = [key for key in KEYS if key.endswith('_INSTALL') or key in ('CONFIG_UNSUPPORTED', 'CONFIG_DEFAULT_PASSWORD')]
        for key in switches + [key for key in KEYS if key not in switches]:
            about = KEYS[key]
            if not is_active(key, values):
                continue
            value = answer(key, about, given)
            if value == '<local>':
                value = own
            elif value == '<uuid>' or (value == 'PW_PLACEHOLDER' and not values.get('CONFIG_DEFAULT_PASSWORD')):
                value = uuid.uuid4().hex[:16]
            elif value == 'PW_PLACEHOLDER':
                value = values['CONFIG_DEFAULT_PASSWORD']
            try:
                check_value(about, value)
            except Failure as failure:
                print('Parameter %s failed validation: %s' % (key, failure))
                raise
            values[key] = value
        return values
    except (Failure, configparser.Error) as error:
        raise Failure('Failed handling answer file: %s' % error)


def write_answers(path, values):
    """Rewrites the file with every key, including generated passwords, without unknown and old names."""
    os.unlink(path)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), 'w') as out:
        out.write('[general]\n')
        for key, about in KEYS.items():
            default = {'<local>': '127.0.0.1', '<uuid>': uuid.uuid4().hex[:16]}.get(about['default'], about['default'])
            out.write('\n# %s\n%s=%s\n' % (key, key, values.get(key, default)))


def hosts_of(values, exclude=True):
    """modules/common.py, filtered_hosts."""
    found = []
    for key, value in values.items():
        if not re.search('_HOSTS?$', key) or key == 'CONFIG_VCENTER_HOST':
            continue
        if key == 'CONFIG_MARIADB_HOST' and values.get('CONFIG_MARIADB_INSTALL') != 'y':
            continue
        found += [host.strip().split('/')[0] for host in (value.split(',') if key.endswith('S') else [value])]
    excluded = [host.strip() for host in values.get('EXCLUDE_SERVERS', '').split(',')] if exclude else []
    return list(dict.fromkeys(host for host in found if host and host not in excluded))


def script(host, *lines, can_fail=True):
    """installer/utils/shell.py, ScriptRunner: bash -x over ssh without host key checking, or local without a host."""
    ssh = ['ssh', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', 'root@%s' % host, 'bash -x']
    text = 'function t(){ exit $? ; } \n trap t ERR \n %s' % '\n'.join(lines)
    ran = subprocess.run(ssh if host else ['bash', '-x'], input=text, capture_output=True, text=True)
    log_file.write('%s: %s\n' % (host or 'localhost', ran.stdout))
    if ran.returncode and can_fail:
        if re.search('^ssh:', ran.stderr):
            raise Failure(ran.stderr)
        raise Failure('Failed to run remote script, stdout: %s\nstderr: %s' % (ran.stdout, ran.stderr))
    return ran


def choose_ip_version(values):
    kinds = {'v6' if ':' in host else 'v4' if re.fullmatch('[0-9.]+', host) else 'name' for host in hosts_of(values)}
    if len(kinds) > 1:
        raise Failure('Inconsistent host format. Please use either IPv4 addresses, IPv6 adresses or hostnames for all host variables. ')


def install_keys(values):
    """plugins/prescript_000.py, install_keys: the folder is 0500 and the file 0400 afterwards."""
    home = os.path.expanduser('~')
    public = (glob.glob('%s/.ssh/*.pub' % home) + [''])[0]
    if not public:
        public = '%s/.ssh/id_rsa.pub' % home
        script(None, 'ssh-keygen -f "%s" -N ""' % public[:-4])
    with open(public) as key:
        data = key.read().strip()
    lines = ['mkdir -p ~/.ssh', 'chmod 500 ~/.ssh',
             "grep '%s' ~/.ssh/authorized_keys > /dev/null 2>&1 || echo %s >> ~/.ssh/authorized_keys" % (data, data),
             'chmod 400 ~/.ssh/authorized_keys', '! command -v restorecon || restorecon -r ~/.ssh']
    alone = len(hosts_of(values, exclude=False)) == 1
    for host in [None] if alone else hosts_of(values):
        script(host, *lines)


def discover(values):
    for host in hosts_of(values):
        script(host, 'uname -n')


def check_nm(values):
    found = []
    for host in hosts_of(values):
        enabled = script(host, 'systemctl is-enabled NetworkManager', can_fail=False).stdout.strip()
        active = script(host, 'systemctl is-active NetworkManager', can_fail=False).stdout.strip()
        if enabled == 'enabled' or active == 'active':
            found.append(host)
    if found:
        messages.append(color('Warning: NetworkManager is active on %s. OpenStack networking currently does not work on '
                              'systems that have the Network Manager service enabled.' % ', '.join(found), 'yellow'))


def no_time(values):
    if not values['CONFIG_NTP_SERVERS']:
        messages.append('Time synchronization installation was skipped. Please note that unsynchronized time on server '
                        'instances might be problem for some OpenStack components.')


def manifests_of(values):
    def split(key):
        return sorted({host.strip() for host in values[key].split(',')} - {''})
    controller = values['CONFIG_CONTROLLER_HOST']
    groups = [[(controller, 'controller')], [(host, 'network') for host in split('CONFIG_NETWORK_HOSTS')],
              [(host, 'compute') for host in split('CONFIG_COMPUTE_HOSTS')]]
    return groups + ([[(controller, 'controller_post')]] if RELEASE >= 18 else [])


def apply_manifests(values):
    """plugins/puppet_950.py: manifests of one kind are started together and awaited; those of excluded hosts are skipped.
    The text in /etc/lab-puppet-error of a host is the error of its manifests."""
    hosts = hosts_of(values)
    for group in manifests_of(values):
        wanted = [(host, kind) for host, kind in group if host in hosts]
        errors = {}
        for host, kind in wanted:
            say('Applying %s_%s.pp' % (host, kind))
            errors[host, kind] = script(host, 'cat %s/etc/lab-puppet-error 2>/dev/null || :' % ROOT).stdout.strip()
        for host, kind in wanted:
            name, error = '%s_%s.pp' % (host, kind), errors[host, kind]
            sys.stdout.write('\r')
            say(state('%s:' % name, 'ERROR', 'red') if error else state('%s:' % name, 'DONE', 'green'))
            if error:
                full = '%s/manifests/%s.log' % (os.path.dirname(log_file.name), name)
                raise Failure('Error appeared during Puppet run: %s\n%s\033[0m\nYou will find full trace in log %s' % (name, error, full))
    serve_keystone(values)


# The key that installs a service of the controller, and its port in the install guide.
SERVED = [(None, 5000), ('CONFIG_GLANCE_INSTALL', 9292), ('CONFIG_NOVA_INSTALL', 8774), ('CONFIG_NEUTRON_INSTALL', 9696),
          ('CONFIG_CINDER_INSTALL', 8776), ('CONFIG_SWIFT_INSTALL', 8080), ('CONFIG_HORIZON_INSTALL', 80), ('CONFIG_HEAT_INSTALL', 8004),
          ('CONFIG_AODH_INSTALL', 8042), ('CONFIG_CEILOMETER_INSTALL', 8041), ('CONFIG_TROVE_INSTALL', 8779),
          ('CONFIG_IRONIC_INSTALL', 6385), ('CONFIG_MANILA_INSTALL', 8786), ('CONFIG_MAGNUM_INSTALL', 9511)]
SERVE = '''import http.server, os, socket, sys, threading
host, folder, *ports = sys.argv[1:]
os.chdir(folder)
class Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
servers = [Server((host, int(port)), http.server.SimpleHTTPRequestHandler) for port in ports]
for server in servers:
    threading.Thread(target=server.serve_forever).start()'''


def serve_keystone(values):
    """Results of Puppet on the controller, as far as they are used."""
    controller = values['CONFIG_CONTROLLER_HOST']
    if controller not in hosts_of(values):
        return
    rc = ('unset OS_SERVICE_TOKEN\n    export OS_USERNAME=admin\n    export OS_PASSWORD=\'%s\'\n    export OS_REGION_NAME=RegionOne\n'
          '    export OS_AUTH_URL=http://%s:5000/v3' % (values['CONFIG_KEYSTONE_ADMIN_PW'], controller))
    run = '%s/run/lab-keystone' % ROOT
    ports = [port for key, port in SERVED if key is None or values.get(key) == 'y']
    script(controller, 'umask 077', "cat >%s/root/keystonerc_admin <<'EOF'\n%s\nEOF" % (ROOT, rc),
           'mkdir -p %s' % run, "echo '{\"version\": {\"id\": \"v3.14\", \"status\": \"stable\"}}' >%s/v3" % run,
           'if systemctl -q is-active lab-keystone; then systemctl stop lab-keystone; fi',
           "cat >%s/serve.py <<'EOF'\n%s\nEOF" % (run, SERVE),
           'systemd-run --quiet --unit=lab-keystone /usr/bin/python3 %s/serve.py %s %s %s' % (run, controller, run, ' '.join(map(str, ports))),
           'for i in $(seq 50); do if (: </dev/tcp/%s/5000) 2>/dev/null; then break; fi; sleep 0.1; done' % controller)


def finalize(values):
    for host in hosts_of(values):
        ran = script(host, "installed=$(rpm -q kernel --last | head -n1 | sed 's/kernel-\\([a-z0-9\\.\\_\\-]*\\).*/\\1/g')",
                     'loaded=$(uname -r | head -n1)', '[ "$loaded" == "$installed" ]', can_fail=False)
        if ran.returncode:
            messages.append('Because of the kernel update the host %s requires reboot.' % host)


def client(values):
    messages.append('File /root/keystonerc_admin has been created on OpenStack client host %s. To use the command line '
                    'tools you need to source the file.' % values['CONFIG_CONTROLLER_HOST'])


def horizon(values):
    messages.append('To access the OpenStack Dashboard browse to http://%s/dashboard .\nPlease, find your login credentials '
                    'stored in the keystonerc_admin in your home directory.' % values['CONFIG_CONTROLLER_HOST'])


# The steps in the order of real runs of 15.1.0 and 26.0.0, with the answer that each requires.
STEPS = [
    ('Clean Up', None, None),
    ('Discovering ip protocol version', None, choose_ip_version),
    ('Setting up ssh keys', None, install_keys),
    ('Preparing servers', None, discover),
    ("Pre installing Puppet and discovering hosts' details", None, discover),
    ('Preparing pre-install entries', None, None),
    ('Setting up CACERT', None, None),
    ('Preparing AMQP entries', None, None),
    ('Preparing MariaDB entries', None, None),
    ('Fixing Keystone LDAP config parameters to be undef if empty', None, None),
    ('Preparing Keystone entries', None, None),
    ('Preparing Glance entries', 'GLANCE', None),
    ('Checking if the Cinder server has a cinder-volumes vg', 'CINDER', None),
    ('Preparing Cinder entries', 'CINDER', None),
    ('Preparing Nova API entries', 'NOVA', None),
    ('Creating ssh keys for Nova migration', 'NOVA', None),
    ('Gathering ssh host keys for Nova migration', 'NOVA', None),
    ('Preparing Nova Compute entries', 'NOVA', None),
    ('Preparing Nova Scheduler entries', 'NOVA', None),
    ('Preparing Nova VNC Proxy entries', 'NOVA', None),
    ('Preparing OpenStack Network-related Nova entries', 'NOVA', None),
    ('Preparing Nova Common entries', 'NOVA', None),
    ('Preparing Neutron API entries', None, None),
    ('Preparing Neutron L3 entries', None, None),
    ('Preparing Neutron L2 Agent entries', None, None),
    ('Preparing Neutron DHCP Agent entries', None, None),
    ('Preparing Neutron Metering Agent entries', None, None),
    ('Checking if NetworkManager is enabled and running', None, check_nm),
    ('Preparing OpenStack Client entries', 'CLIENT', client),
    ('Preparing Horizon entries', 'HORIZON', horizon),
    ('Preparing Swift builder entries', 'SWIFT', None),
    ('Preparing Swift proxy entries', 'SWIFT', None),
    ('Preparing Swift storage entries', 'SWIFT', None),
    ('Preparing Heat entries', 'HEAT', None),
    ('Preparing Heat CloudFormation API entries', 'HEAT', None),
    ('Preparing Gnocchi entries', 'CEILOMETER', None),
    ('Preparing Redis entries', 'CEILOMETER', None),
    ('Preparing Ceilometer entries', 'CEILOMETER', None),
    ('Preparing Aodh entries', 'AODH', None),
    ('Preparing Puppet manifests', None, None),
    ('Copying Puppet modules and manifests', None, discover),
    ('Applying Puppet manifests', None, apply_manifests),
    ('Finalizing', None, finalize),
]


def install(path, own, log):
    say('Welcome to the Packstack setup utility')
    say('\nThe installation log file is available at: %s' % log)
    values = read_answers(path, own)
    if values['CONFIG_NEUTRON_L2_AGENT'] == 'ovn':
        without = 'VPNaaS plugin' if RELEASE >= 17 else 'VPNaaS or FWaaS services'
        messages.append(color('Parameter CONFIG_NEUTRON_L2_AGENT: You have chosen OVN Neutron backend. Note that this '
                              'backend does not support the %s. Geneve will be used as the encapsulation method for '
                              'tenant networks' % without, 'red'))
    write_answers(path, values)
    say('\nInstalling:')
    no_time(values)
    for title, part, function in STEPS:
        if part and values.get('CONFIG_%s_INSTALL' % part) != 'y':
            continue
        try:
            if function:
                function(values)
        except Failure:
            say(state(title, 'ERROR', 'red'))
            raise
        say(state(title, 'DONE', 'green'))
    messages.append('The installation log file is available at: %s' % log)
    messages.append('The generated manifests are available at: %s/manifests' % os.path.dirname(log))
    say('\n **** Installation completed successfully ******\n')


def main():
    global log_file
    log = None
    try:
        own = local_ip()
        if sys.argv[1:] == ['--version']:
            say('packstack %s' % VERSION)
            return
        if len(sys.argv) != 2 or not sys.argv[1].startswith('--answer-file='):
            print('packstack: error: the stand-in has only --version and --answer-file=F', file=sys.stderr)
            sys.exit(2)
        folder = '%s/var/tmp/packstack/%s-%s' % (ROOT, time.strftime('%Y%m%d-%H%M%S'), uuid.uuid4().hex[:8])
        os.makedirs(folder)
        latest = '%s/var/tmp/packstack/latest' % ROOT
        if os.path.islink(latest):
            os.unlink(latest)
        os.symlink(folder, latest)
        log = os.path.join(folder, 'openstack-setup.log')
        log_file = open(log, 'w')
        path = sys.argv[1].split('=', 1)[1]
        if not os.path.isfile(path):
            raise Failure('Error: Could not find file %s' % path)
        install(path, own, log)
    except Failure as failure:
        say('\n' + color('ERROR : %s' % failure, 'red'))
        if log:
            say('Please check log file %s for more information' % log)
        sys.exit(1)
    finally:
        if messages:
            say('Additional information:')
        for message in messages:
            say(' * %s' % message)


main()
