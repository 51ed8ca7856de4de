#!/bin/sh
# Turns a root file system into one of the EL family, once. Set before: SYSTEM, PACKAGES (a folder with the packages to
# install) and LAB (a folder with the files of guest/).
set -eu
export LC_ALL=C

rm -rf /etc/init.d
mkdir -p /usr/libexec/lab /etc/rc.d/init.d /etc/sysconfig/network-scripts /etc/yum.repos.d /etc/yum/vars /etc/dnf/vars
mv /usr/bin/uname /usr/libexec/lab/uname
install -m 755 "$LAB/uname" /usr/bin/uname
install -m 755 "$LAB/boot" /usr/libexec/lab/boot
install -m 755 "$LAB/mariadb-prepare-db-dir" /usr/libexec/mariadb-prepare-db-dir
install -m 644 "$LAB/units/lab-boot.service" /usr/lib/systemd/system/lab-boot.service

# The packages provide the units and configuration of the daemons, at the paths of the EL family.
cd /usr/lib/systemd/system
rm -rf chronyd.service chrony-* memcached.service etcd.service mariadb* rabbitmq-server.service epmd.*
rm -f /etc/memcached.conf /etc/default/etcd /etc/default/memcached
rm -f /etc/chrony/chrony.conf /etc/default/chrony /etc/debian_version
cd /
useradd --system --no-create-home --home-dir /run/memcached --shell /sbin/nologin memcached
groupadd --system wheel
printf '%s\n' 'Defaults !visiblepw, !fqdn' 'Defaults secure_path = /sbin:/bin:/usr/sbin:/usr/bin' \
  'root ALL=(ALL) ALL' '%wheel ALL=(ALL) ALL' '#includedir /etc/sudoers.d' > /etc/sudoers
chmod 440 /etc/sudoers

# Locale: /etc/locale.conf, read by login shells, instead of Debian's file.
sed -i '\,/etc/default/locale,d' /etc/pam.d/*
sed -i '/pam_motd\|pam_mail/d' /etc/pam.d/sshd /etc/pam.d/login
printf 'LANG="en_US.UTF-8"\n' > /etc/locale.conf
cat > /etc/profile.d/lang.sh <<'END'
[ -z "$LANG" ] && [ -r /etc/locale.conf ] && . /etc/locale.conf
[ -z "${LANG:-}" ] || export LANG
END
install -m 644 "$LAB/profile" /etc/profile
install -m 644 "$LAB/bashrc" /etc/bashrc
for home in /root /etc/skel; do
  printf '# .bashrc\n\nif [ -f /etc/bashrc ]; then\n  . /etc/bashrc\nfi\n' > $home/.bashrc
  printf '# .bash_profile\n\nif [ -f ~/.bashrc ]; then\n  . ~/.bashrc\nfi\n' > $home/.bash_profile
  rm -f $home/.profile
done
printf "alias rm='rm -i'\nalias cp='cp -i'\nalias mv='mv -i'\n" >> /root/.bashrc
printf 'SELINUX=disabled\nSELINUXTYPE=targeted\n' > /etc/selinux/config
printf 'NETWORKING=yes\n' > /etc/sysconfig/network

# The package manager, with the default plugins of EL.
cd /usr/lib/python3/dist-packages/dnf-plugins
rm -f local.py show_leaves.py leaves.py versionlock.py post-transaction-actions.py modulesync.py /etc/dnf/plugins/local.conf
cd /
ln -s dnf-3 /usr/bin/yum
cp /etc/dnf/dnf-strict.conf /etc/dnf/dnf.conf
ln -sfn dnf/dnf.conf /etc/yum.conf

case $SYSTEM in
  el7)
    # No command dnf, no Include in sshd_config, root may log in with a password.
    mv /usr/bin/dnf-3 /usr/libexec/lab/dnf-3
    rm -f /usr/bin/dnf
    install -m 755 "$LAB/yum3.py" /usr/libexec/lab/yum3
    ln -sfn ../libexec/lab/yum3 /usr/bin/yum
    printf '[main]\ngpgcheck=1\nobsoletes=1\nplugins=1\ninstallonly_limit=5\nbest=False\nskip_if_unavailable=False\n' > /etc/dnf/dnf.conf
    ;;
  *)
    ln -s ../bin/python3 /usr/libexec/platform-python
    # A locale exists only with its package.
    rm -rf /usr/lib/locale/en_US.utf8 /usr/lib/locale/ko_KR.utf8
    ;;
esac
sshd_options='SyslogFacility AUTHPRIV
AuthorizedKeysFile .ssh/authorized_keys
PasswordAuthentication yes
GSSAPIAuthentication yes
GSSAPICleanupCredentials no
UsePAM yes
X11Forwarding yes
Subsystem sftp /usr/lib/openssh/sftp-server'
case $SYSTEM in
  el7 | el8)
    rm -rf /etc/ssh/sshd_config.d
    printf '%s\n' "#Port 22" "HostKey /etc/ssh/ssh_host_rsa_key" "HostKey /etc/ssh/ssh_host_ecdsa_key" \
      "HostKey /etc/ssh/ssh_host_ed25519_key" "PermitRootLogin yes" "#PermitEmptyPasswords no" \
      "ChallengeResponseAuthentication no" "$sshd_options" "#UseDNS yes" > /etc/ssh/sshd_config
    ;;
  *)
    printf '%s\n' "Include /etc/ssh/sshd_config.d/*.conf" "#Port 22" "#PermitRootLogin prohibit-password" \
      "AuthorizedKeysFile .ssh/authorized_keys" "Subsystem sftp /usr/lib/openssh/sftp-server" > /etc/ssh/sshd_config
    mkdir -p /etc/ssh/sshd_config.d
    printf '%s\n' 'ChallengeResponseAuthentication no' "$sshd_options" | grep -v '^Authorized\|^Subsystem\|^Password' \
      > /etc/ssh/sshd_config.d/50-redhat.conf
    ;;
esac
chmod 600 /etc/ssh/sshd_config
# The packages of a new system, in the rpm database and on the disk.
rpm --force-debian --nosignature --nodeps -i "$PACKAGES"/*.rpm
systemctl enable sshd chronyd lab-boot
case $SYSTEM in
  el7) systemctl enable network ;;
  *) systemctl enable NetworkManager; systemctl disable NetworkManager-wait-online ;;
esac
