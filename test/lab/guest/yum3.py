#!/usr/bin/python3
"""`yum` on EL7 nodes: dnf 4, except for the priorities of yum 3.

yum 3 uses `priority=` of a repository only with the plugin priorities (yum-utils, plugins/priorities/priorities.py), which
excludes a package if a repository with a lower number has one of the same name. The plugin is loaded if it is installed, enabled
in its own file and not disabled by plugins=0 in yum.conf. With -d 2, the default of yum 3, the loaded plugins are printed.
"""

import configparser
import os
import sys

del sys.path[0]

import dnf.base  # noqa: E402
from dnf.cli import main  # noqa: E402

unset = 99


def is_on(path, key):
    """Whether an option in section main of a configuration file is enabled; a missing one is not."""
    config = configparser.ConfigParser(interpolation=None, strict=False)
    config.read(path)
    return config.get('main', key, fallback='0').strip().lower() in ('1', 'yes', 'true', 'on')


def loaded_plugins():
    if not is_on('/etc/yum.conf', 'plugins'):
        return []
    names = ('fastestmirror', 'priorities')
    conf = '/etc/yum/pluginconf.d/%s.conf'
    return [
        name
        for name in names
        if os.path.exists('/usr/lib/yum-plugins/%s.py' % name) and is_on(conf % name, 'enabled')
    ]


plugins = loaded_plugins()
asks_for_level = '-d' in sys.argv and sys.argv[sys.argv.index('-d') + 1 :][:1] not in ([], ['0'], ['1'])
fill_sack = dnf.base.Base.fill_sack


def filled(base, *args, **options):
    wanted = {repo.id: repo.priority for repo in base.repos.iter_enabled()}
    for repo in base.repos.iter_enabled():
        repo.priority = unset
    sack = fill_sack(base, *args, **options)
    if 'priorities' in plugins and len(set(wanted.values())) > 1:
        leave_out(sack, wanted)
    return sack


def leave_out(sack, wanted):
    """Excludes packages whose name is in a repository with a lower priority number."""
    packages = list(sack.query().available())
    best = {}
    for package in packages:
        best[package.name] = min(best.get(package.name, unset + 1), wanted.get(package.reponame, unset))
    behind = [one for one in packages if wanted.get(one.reponame, unset) > best[one.name]]
    sack.add_excludes(sack.query().filterm(pkg=behind))
    if asks_for_level:
        print('%d packages excluded due to repository priority protections' % len(behind))


dnf.base.Base.fill_sack = filled
if asks_for_level and plugins:
    print('Loaded plugins: ' + ', '.join(plugins))
main.user_main(sys.argv[1:], exit_code=True)
