# shellcheck shell=sh
# Prints root's public key and the node's host keys, a line `user KEY` and lines `host KEY`, and `made` first if it has created
# the key. Runs separately, before a run.
# param node_keys_name: the node's name
# param node_keys_make: `yes` to create a key for root if there is none
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
if [ -n "$node_keys_make" ] && ! ls /root/.ssh/id_*.pub >/dev/null 2>&1; then
  # shellcheck disable=SC2174 # /root is there
  mkdir -p -m 0700 /root/.ssh
  ssh-keygen -q -t ed25519 -N '' -C "root@$node_keys_name" -f /root/.ssh/id_ed25519 || exit 1
  echo made
fi
for node_keys_file in /root/.ssh/id_ed25519.pub /root/.ssh/id_ecdsa.pub /root/.ssh/id_rsa.pub; do
  if [ -r "$node_keys_file" ]; then
    printf 'user '
    cat "$node_keys_file"
    break
  fi
done
for node_keys_file in /etc/ssh/ssh_host_ed25519_key.pub /etc/ssh/ssh_host_ecdsa_key.pub /etc/ssh/ssh_host_rsa_key.pub; do
  if [ -r "$node_keys_file" ]; then
    printf 'host '
    awk '{ print $1, $2 }' "$node_keys_file"
  fi
done
