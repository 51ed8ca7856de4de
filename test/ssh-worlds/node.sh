# Prepares every node, inside it and before the set-up of the case.
umask 022
printf 'NAME="CentOS Stream"\nVERSION="9"\nID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="9"\nPLATFORM_ID="platform:el9"\nPRETTY_NAME="CentOS Stream 9"\n' >/tmp/os-release
rm -f /etc/os-release /usr/lib/os-release
cp /tmp/os-release /etc/os-release
cp /tmp/os-release /usr/lib/os-release
echo "127.0.0.1 localhost $(hostname)" >/etc/hosts
echo 'CentOS Stream release 9' >/etc/redhat-release
# The password of both is "right horse" (SHA-512, few rounds: a login is quick).
hash=$(cat /srv/keys/hash)
grep -v '^\(deploy\|root\):' /etc/passwd >/tmp/passwd
echo 'root:x:0:0:root:/root:/bin/bash' >>/tmp/passwd
echo 'deploy:x:2000:2000:deploy:/home/deploy:/bin/bash' >>/tmp/passwd
cp /tmp/passwd /etc/passwd
grep -v '^\(deploy\|root\):' /etc/shadow >/tmp/shadow
printf 'root:%s:19700:0:99999:7:::\ndeploy:%s:19700:0:99999:7:::\n' "$hash" "$hash" >>/tmp/shadow
cp /tmp/shadow /etc/shadow
grep -q '^deploy:' /etc/group || echo 'deploy:x:2000:' >>/etc/group
for home in /root /home/deploy; do
  mkdir -p "$home/.ssh"
  cp /srv/keys/client.pub "$home/.ssh/authorized_keys"
  cp /etc/skel/.bashrc /etc/skel/.profile "$home/"
  chmod 700 "$home" "$home/.ssh"
  chmod 600 "$home/.ssh/authorized_keys"
done
chown -R 2000:2000 /home/deploy
mkdir -p /etc/sudoers.d
rm -f /etc/sudoers.d/*
cat >/etc/sudoers <<'SUDOERS'
Defaults env_reset
Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
root ALL=(ALL:ALL) ALL
deploy ALL=(ALL:ALL) NOPASSWD: ALL
SUDOERS
chmod 440 /etc/sudoers
cat >/etc/pam.d/sudo <<'PAM'
auth required pam_unix.so
account required pam_unix.so
session required pam_unix.so
PAM
cat >/etc/pam.d/sshd <<'PAM'
auth required pam_unix.so
account required pam_nologin.so
account required pam_unix.so
session required pam_unix.so
password required pam_unix.so
PAM
cp /srv/keys/ssh_host_* /etc/ssh/
chmod 600 /etc/ssh/ssh_host_*_key
cat /srv/keys/sshd.conf >/etc/ssh/sshd_config
