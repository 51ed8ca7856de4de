# shellcheck shell=sh
# Steps that only install a set of packages. Uses shell/service.sh. The argument has the package names, one line per EL version.

# openstack_packages_check LINES
openstack_packages_check() {
  sp_pick_packages "$1"
  sp_need_packages
}

# openstack_packages_apply LINES
openstack_packages_apply() {
  sp_pick_packages "$1"
  # shellcheck disable=SC2086 # a list of names
  sp_yum -y install $sp_packages
}
