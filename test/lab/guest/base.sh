#!/bin/sh
# Runs once inside the base root file system (chroot, /proc mounted, network of the host): the programs of a node.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
apt-get -q -y --no-install-recommends -o Acquire::Retries=3 install \
  mariadb-server chrony rabbitmq-server memcached etcd-server etcd-client firewalld network-manager openssl curl libfaketime \
  ca-certificates hostname iputils-ping iptables dnf-plugins-core libpam-systemd tzdata less selinux-utils nftables
rm /usr/sbin/policy-rc.d

# Unit names of the EL family. Real renames: systemctl refuses to enable an alias.
cd /usr/lib/systemd/system
systemctl disable ssh chrony mariadb mariadb.socket rabbitmq-server epmd memcached etcd firewalld NetworkManager \
  e2scrub_reap apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer \
  logrotate.timer systemd-pstore nftables
sed -i '/^Alias=/d' ssh.service chrony.service etcd.service
mv ssh.service sshd.service
mv chrony.service chronyd.service
rm -f ssh.socket ssh@.service rescue-ssh.target mysql.service mysqld.service mariadb.socket mariadb@.socket
rm -f /etc/init.d/* /etc/systemd/system/sshd.service
cd /

# Nodes have no network to fetch a locale with: both are compiled here, as folders that a package can own.
for locale in en_US ko_KR; do
  localedef --no-archive -i "$locale" -f UTF-8 "/usr/lib/locale/$locale.utf8"
done

# One rpm database at the place where the EL family has it.
mkdir -p /etc/rpm /var/lib/rpm
echo '%_dbpath /var/lib/rpm' > /etc/rpm/macros

# The daemons make their data at first start, as on a newly installed EL node.
rm -rf /var/lib/mysql/* /etc/mysql /etc/ssh/ssh_host_* /root/.rpmdb /etc/update-motd.d /etc/motd
rm -f /etc/machine-id /var/lib/dbus/machine-id /var/lib/rabbitmq/.erlang.cookie /etc/default/locale
apt-get clean
rm -rf /var/lib/apt/lists/* /var/cache/debconf/* /usr/share/doc/* /usr/share/man/* /usr/share/info/*
