# Starts one node: $1 is its folder, $2 its name. The folder has setup.sh (run inside before sshd), sshd.conf and keys/.
# The node's root is an overlay over this computer's: what is changed in it ends with the node.
set -eu
folder=$1 name=$2 layer=$3
# Not below the lower layer, which is the root of this computer.
mkdir "$folder/fs"
mount -t tmpfs tmpfs "$folder/fs"
root=$folder/fs/root
mkdir "$folder/fs/upper" "$folder/fs/work" "$root"
mount -t overlay overlay -o "lowerdir=$layer:/,upperdir=$folder/fs/upper,workdir=$folder/fs/work" "$root"
for hidden in root home tmp run work srv opt; do
  mkdir -p "$root/$hidden"
  mount -t tmpfs -o mode=755 tmpfs "$root/$hidden"
done
chmod 700 "$root/root"
chmod 1777 "$root/tmp"
mkdir -p "$root/dev"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,gid=5,mode=620 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
for node in null:1:3 zero:1:5 random:1:8 urandom:1:9 tty:5:0; do
  IFS=: read -r file major minor <<NODE
$node
NODE
  mknod -m 666 "$root/dev/$file" c "$major" "$minor"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir -p "$root/srv/keys" "$root/run/sshd" "$root/run/lock"
mount --bind "$folder/keys" "$root/srv/keys"
mount --bind "$folder/log" "$root/opt"
hostname "$name"
mount -t proc proc "$root/proc"
exec chroot "$root" /bin/sh -eu -c '
rm -f /etc/nologin /run/nologin
. /srv/keys/node.sh
. /srv/keys/setup.sh
exec /usr/sbin/sshd -D -e -f /etc/ssh/sshd_config 2>>/opt/sshd.log >/opt/console </dev/null
'
