/**
 * The keys of Packstack's answer file, one per line: key, command line option, first and last version (10.0.1 to 26.0.0)
 * with it, default (`<…>` is computed; `version:value` if it changed), allowed values, `mask` for a secret, checks.
 * Source: redhat-openstack/packstack, the plug-ins of its tags 10.0.1 to 26.0.0.
 */
export const packstackKeyRows = String.raw`
CONFIG_AMQP_AUTH_PASSWORD	--amqp-auth-password	10.0.1	26.0.0	PW_PLACEHOLDER	y|n	mask	not_empty
CONFIG_AMQP_AUTH_USER	--amqp-auth-user	10.0.1	26.0.0	amqp_user			not_empty
CONFIG_AMQP_BACKEND	--amqp-backend	10.0.1	26.0.0	rabbitmq	rabbitmq		options
CONFIG_AMQP_ENABLE_AUTH	--amqp-enable-auth	10.0.1	26.0.0	n	y|n		options
CONFIG_AMQP_ENABLE_SSL	--amqp-enable-ssl	10.0.1	26.0.0	n	y|n		options
CONFIG_AMQP_HOST	--amqp-host	10.0.1	26.0.0	<utils.get_localhost_ip()>			ssh
CONFIG_AMQP_NSS_CERTDB_PW	--amqp-nss-certdb-pw	10.0.1	24.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_AODH_DB_PW	--aodh-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_AODH_INSTALL	--os-aodh-install	10.0.1	26.0.0	y	y|n		options
CONFIG_AODH_KS_PW	--aodh-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_CEILOMETER_COORDINATION_BACKEND	--ceilometer-coordination-backend	10.0.1	26.0.0	redis	redis|none		options
CONFIG_CEILOMETER_EVENTS_BACKEND	--ceilometer-events-backend	10.0.1	10.0.1	database	database|panko		options
CONFIG_CEILOMETER_INSTALL	--os-ceilometer-install	10.0.1	26.0.0	y	y|n		options
CONFIG_CEILOMETER_KS_PW	--ceilometer-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_CEILOMETER_METERING_BACKEND	--ceilometer-metering-backend	10.0.1	10.0.1	database	database|gnocchi		options
CONFIG_CEILOMETER_SECRET	--ceilometer-secret	10.0.1	26.0.0	<uuid.uuid4().hex[:16]>		mask	not_empty
CONFIG_CEILOMETER_SERVICE_NAME	--ceilometer-service-name	10.0.1	25.0.0	httpd	ceilometer|httpd		options
CONFIG_CINDER_BACKEND	--cinder-backend	10.0.1	26.0.0	lvm	lvm|nfs|netapp|solidfire		options
CONFIG_CINDER_DB_PURGE_ENABLE	--cinder-db-purge-enable	10.0.1	26.0.0	y	y|n		not_empty,bool
CONFIG_CINDER_DB_PW	--cinder-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_CINDER_GLUSTER_MOUNTS	--cinder-gluster-mounts	10.0.1	16.1.0		^([\d]{1,3}\.){3}[\d]{1,3}:/.*|^[a-zA-Z0-9][\-\.\w]*:/.*		multi_regexp
CONFIG_CINDER_INSTALL	--os-cinder-install	10.0.1	26.0.0	y	y|n		options
CONFIG_CINDER_KS_PW	--cinder-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_CINDER_NETAPP_CONTROLLER_IPS	--cinder-netapp-controller-ips	10.0.1	26.0.0				multi_ping
CONFIG_CINDER_NETAPP_ESERIES_HOST_TYPE	--cinder-netapp-eseries-host-type	10.0.1	26.0.0	linux_dm_mp			not_empty
CONFIG_CINDER_NETAPP_EXPIRY_THRES_MINUTES	--cinder-netapp-expiry-thres-minutes	10.0.1	26.0.0	720			integer
CONFIG_CINDER_NETAPP_HOSTNAME	--cinder-netapp-hostname	10.0.1	26.0.0				quoted
CONFIG_CINDER_NETAPP_LOGIN	--cinder-netapp-login	10.0.1	26.0.0				not_empty
CONFIG_CINDER_NETAPP_NFS_SHARES	--cinder-netapp-nfs-shares	10.0.1	26.0.0				
CONFIG_CINDER_NETAPP_NFS_SHARES_CONFIG	--cinder-netapp-nfs-shares-config	10.0.1	26.0.0	/etc/cinder/shares.conf			
CONFIG_CINDER_NETAPP_PARTNER_BACKEND_NAME	--cinder-netapp-partner-backend-name	10.0.1	26.0.0				not_empty
CONFIG_CINDER_NETAPP_PASSWORD	--cinder-netapp-password	10.0.1	26.0.0			mask	not_empty
CONFIG_CINDER_NETAPP_SA_PASSWORD	--cinder-netapp-sa-password	10.0.1	26.0.0			mask	
CONFIG_CINDER_NETAPP_SERVER_PORT	--cinder-netapp-server-port	10.0.1	26.0.0	80			port
CONFIG_CINDER_NETAPP_SIZE_MULTIPLIER	--cinder-netapp-size-multiplier	10.0.1	26.0.0	1.0			
CONFIG_CINDER_NETAPP_STORAGE_FAMILY	--cinder-netapp-storage-family	10.0.1	26.0.0	<NETAPP_DEFAULT_STORAGE_FAMILY>	ontap_7mode|ontap_cluster|eseries		options
CONFIG_CINDER_NETAPP_STORAGE_POOLS	--cinder-netapp-storage-pools	10.0.1	26.0.0				
CONFIG_CINDER_NETAPP_STORAGE_PROTOCOL	--cinder-netapp-storage-protocol	10.0.1	26.0.0	<NETAPP_DEFAULT_STORAGE_PROTOCOL>	iscsi|fc|nfs		options
CONFIG_CINDER_NETAPP_THRES_AVL_SIZE_PERC_START	--cinder-netapp-thres-avl-size-perc-start	10.0.1	26.0.0	20			integer
CONFIG_CINDER_NETAPP_THRES_AVL_SIZE_PERC_STOP	--cinder-netapp-thres-avl-size-perc-stop	10.0.1	26.0.0	60			integer
CONFIG_CINDER_NETAPP_TRANSPORT_TYPE	--cinder-netapp-transport-type	10.0.1	26.0.0	http	http|https		options
CONFIG_CINDER_NETAPP_VFILER	--cinder-netapp-vfiler	10.0.1	26.0.0				not_empty
CONFIG_CINDER_NETAPP_VOLUME_LIST	--cinder-netapp-volume-list	10.0.1	26.0.0				not_empty
CONFIG_CINDER_NETAPP_VSERVER	--cinder-netapp-vserver	10.0.1	26.0.0				not_empty
CONFIG_CINDER_NETAPP_WEBSERVICE_PATH	--cinder-netapp-webservice-path	10.0.1	26.0.0	/devmgr/v2	^[/].*$		regexp
CONFIG_CINDER_NFS_MOUNTS	--cinder-nfs-mounts	10.0.1	26.0.0				multi_export
CONFIG_CINDER_SOLIDFIRE_HOSTNAME	--cinder-solidfire-hostname	10.0.1	26.0.0				quoted
CONFIG_CINDER_SOLIDFIRE_LOGIN	--cinder-solidfire-login	10.0.1	26.0.0				not_empty
CONFIG_CINDER_SOLIDFIRE_PASSWORD	--cinder-solidfire-password	10.0.1	26.0.0			mask	not_empty
CONFIG_CINDER_VOLUMES_CREATE	--cinder-volumes-create	10.0.1	26.0.0	y	y|n		options
CONFIG_CINDER_VOLUMES_SIZE	--cinder-volumes-size	10.0.1	26.0.0	20G			not_empty,volume_size
CONFIG_CINDER_VOLUME_NAME	--cinder-volume-name	11.0.1	26.0.0	cinder-volumes			not_empty
CONFIG_CLIENT_INSTALL	--os-client-install	10.0.1	26.0.0	y	y|n		options
CONFIG_COMPUTE_HOSTS	--os-compute-hosts	10.0.1	26.0.0	<utils.get_localhost_ip()>			multi_ssh
CONFIG_CONTROLLER_HOST	--os-controller-host	10.0.1	26.0.0	<utils.get_localhost_ip()>			ssh
CONFIG_DEBUG_MODE	--os-debug-mode	10.0.1	26.0.0	n	y|n		options
CONFIG_DEFAULT_PASSWORD	--default-password	10.0.1	26.0.0			mask	
CONFIG_ENABLE_CEILOMETER_MIDDLEWARE	--enable-ceilometer-middleware	11.0.1	26.0.0	n	y|n		options
CONFIG_ENABLE_RDO_TESTING	--enable-rdo-testing	10.0.1	26.0.0	n	y|n		options
CONFIG_GLANCE_BACKEND	--glance-backend	10.0.1	26.0.0	file	file|swift		options
CONFIG_GLANCE_DB_PW	--glance-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_GLANCE_INSTALL	--os-glance-install	10.0.1	26.0.0	y	y|n		options
CONFIG_GLANCE_KS_PW	--glance-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_GNOCCHI_DB_PW	--gnocchi-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_GNOCCHI_INSTALL	--os-gnocchi-install	10.0.1	10.0.1	y	y|n		options
CONFIG_GNOCCHI_KS_PW	--gnocchi-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_HEAT_AUTH_ENC_KEY	--heat-auth-encryption-key	10.0.1	26.0.0	<uuid.uuid4().hex[:16]>		mask	not_empty
CONFIG_HEAT_CFN_INSTALL	--os-heat-cfn-install	10.0.1	26.0.0	y	y|n		options
CONFIG_HEAT_CLOUDWATCH_INSTALL	--os-heat-cloudwatch-install	10.0.1	11.0.1	n	y|n		options
CONFIG_HEAT_DB_PW	--os-heat-mysql-password	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_HEAT_DOMAIN	--os-heat-domain	10.0.1	26.0.0	heat			not_empty
CONFIG_HEAT_DOMAIN_ADMIN	--os-heat-domain-admin	10.0.1	26.0.0	heat_admin			not_empty
CONFIG_HEAT_DOMAIN_PASSWORD	--os-heat-domain-password	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_HEAT_INSTALL	--os-heat-install	10.0.1	26.0.0	n	y|n		options
CONFIG_HEAT_KS_PW	--os-heat-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_HORIZON_INSTALL	--os-horizon-install	10.0.1	26.0.0	y	y|n		options
CONFIG_HORIZON_SECRET_KEY	--os-horizon-secretkey	10.0.1	26.0.0	<uuid.uuid4().hex>		mask	not_empty
CONFIG_HORIZON_SSL	--os-horizon-ssl	10.0.1	26.0.0	n	y|n		options
CONFIG_HORIZON_SSL_CACERT	--os-ssl-cachain	10.0.1	26.0.0				
CONFIG_HORIZON_SSL_CERT	--os-ssl-cert	10.0.1	26.0.0				
CONFIG_HORIZON_SSL_KEY	--os-ssl-key	10.0.1	26.0.0				
CONFIG_IRONIC_DB_PW	--os-ironic-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_IRONIC_INSTALL	--os-ironic-install	10.0.1	26.0.0	n	y|n		options
CONFIG_IRONIC_KS_PW	--os-ironic-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_KEYSTONE_ADMIN_EMAIL	--keystone-admin-email	10.0.1	26.0.0	root@localhost			not_empty
CONFIG_KEYSTONE_ADMIN_PW	--keystone-admin-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_KEYSTONE_ADMIN_TOKEN	--keystone-admin-token	10.0.1	15.1.0	<uuid.uuid4().hex>		mask	not_empty
CONFIG_KEYSTONE_ADMIN_USERNAME	--keystone-admin-username	10.0.1	26.0.0	admin			not_empty
CONFIG_KEYSTONE_API_VERSION	--keystone-api-version	10.0.1	26.0.0	v3	v3		options
CONFIG_KEYSTONE_DB_PURGE_ENABLE	--keystone-db-purge-enable	10.0.1	12.0.2	y	y|n		not_empty,bool
CONFIG_KEYSTONE_DB_PW	--keystone-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_KEYSTONE_DEMO_PW	--keystone-demo-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_KEYSTONE_FERNET_TOKEN_ROTATE_ENABLE	--keystone-fernet-token-rotate-enable	13.0.0	26.0.0	y	y|n		not_empty,bool
CONFIG_KEYSTONE_IDENTITY_BACKEND	--keystone-identity-backend	10.0.1	26.0.0	sql	sql|ldap		options
CONFIG_KEYSTONE_LDAP_GROUP_ADDITIONAL_ATTRIBUTE_MAPPING	--keystone-ldap-group-additional-attribute-mapping	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_GROUP_ALLOW_CREATE	--keystone-ldap-group-allow-create	10.0.1	17.0.0	n	n|y		options
CONFIG_KEYSTONE_LDAP_GROUP_ALLOW_DELETE	--keystone-ldap-group-allow-delete	10.0.1	17.0.0	n	n|y		options
CONFIG_KEYSTONE_LDAP_GROUP_ALLOW_UPDATE	--keystone-ldap-group-allow-update	10.0.1	17.0.0	n	n|y		options
CONFIG_KEYSTONE_LDAP_GROUP_ATTRIBUTE_IGNORE	--keystone-ldap-group-attribute-ignore	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_GROUP_DESC_ATTRIBUTE	--keystone-ldap-group-desc-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_GROUP_FILTER	--keystone-ldap-group-filter	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_GROUP_ID_ATTRIBUTE	--keystone-ldap-group-id-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_GROUP_MEMBER_ATTRIBUTE	--keystone-ldap-group-member-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_GROUP_NAME_ATTRIBUTE	--keystone-ldap-group-name-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_GROUP_OBJECTCLASS	--keystone-ldap-group-objectclass	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_GROUP_SUBTREE	--keystone-ldap-group-subtree	10.0.1	26.0.0				not_empty,ldap_dn
CONFIG_KEYSTONE_LDAP_PAGE_SIZE	--keystone-ldap-page-size	10.0.1	26.0.0	-1			integer
CONFIG_KEYSTONE_LDAP_QUERY_SCOPE	--keystone-ldap-query-scope	10.0.1	26.0.0	one	base|one|sub		options
CONFIG_KEYSTONE_LDAP_SUFFIX	--keystone-ldap-suffix	10.0.1	26.0.0				not_empty,ldap_dn
CONFIG_KEYSTONE_LDAP_TLS_CACERTDIR	--keystone-ldap-tls-cacertdir	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_TLS_CACERTFILE	--keystone-ldap-tls-cacertfile	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_TLS_REQ_CERT	--keystone-ldap-tls-req-cert	10.0.1	26.0.0	demand	never|allow|demand		options
CONFIG_KEYSTONE_LDAP_URL	--keystone-ldap-url	10.0.1	26.0.0	<host_to_ldap_url(utils.get_localhost_ip())>			ldap_url
CONFIG_KEYSTONE_LDAP_USER_ADDITIONAL_ATTRIBUTE_MAPPING	--keystone-ldap-user-additional-attribute-mapping	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_ALLOW_CREATE	--keystone-ldap-user-allow-create	10.0.1	17.0.0	n	n|y		options
CONFIG_KEYSTONE_LDAP_USER_ALLOW_DELETE	--keystone-ldap-user-allow-delete	10.0.1	17.0.0	n	n|y		options
CONFIG_KEYSTONE_LDAP_USER_ALLOW_UPDATE	--keystone-ldap-user-allow-update	10.0.1	17.0.0	n	n|y		options
CONFIG_KEYSTONE_LDAP_USER_ATTRIBUTE_IGNORE	--keystone-ldap-user-attribute-ignore	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_DEFAULT_PROJECT_ID_ATTRIBUTE	--keystone-ldap-user-default-project-id-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_DN	--keystone-ldap-user-dn	10.0.1	26.0.0				ldap_dn
CONFIG_KEYSTONE_LDAP_USER_ENABLED_ATTRIBUTE	--keystone-ldap-user-enabled-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_ENABLED_DEFAULT	--keystone-ldap-user-enabled-default	10.0.1	26.0.0	TRUE			
CONFIG_KEYSTONE_LDAP_USER_ENABLED_EMULATION_DN	--keystone-ldap-user-enabled-emulation-dn	10.0.1	26.0.0				ldap_dn
CONFIG_KEYSTONE_LDAP_USER_ENABLED_INVERT	--keystone-ldap-user-enabled-invert	10.0.1	26.0.0	n	n|y		options
CONFIG_KEYSTONE_LDAP_USER_ENABLED_MASK	--keystone-ldap-user-enabled-mask	10.0.1	26.0.0	-1			integer
CONFIG_KEYSTONE_LDAP_USER_FILTER	--keystone-ldap-user-filter	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_ID_ATTRIBUTE	--keystone-ldap-user-id-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_MAIL_ATTRIBUTE	--keystone-ldap-user-mail-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_NAME_ATTRIBUTE	--keystone-ldap-user-name-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_OBJECTCLASS	--keystone-ldap-user-objectclass	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_PASSWORD	--keystone-ldap-user-password	10.0.1	26.0.0			mask	
CONFIG_KEYSTONE_LDAP_USER_PASS_ATTRIBUTE	--keystone-ldap-user-pass-attribute	10.0.1	26.0.0				
CONFIG_KEYSTONE_LDAP_USER_SUBTREE	--keystone-ldap-user-subtree	10.0.1	26.0.0				not_empty,ldap_dn
CONFIG_KEYSTONE_LDAP_USE_TLS	--keystone-ldap-use-tls	10.0.1	26.0.0	n	n|y		options
CONFIG_KEYSTONE_REGION	--keystone-region	10.0.1	26.0.0	RegionOne			not_empty
CONFIG_KEYSTONE_TOKEN_FORMAT	--keystone-token-format	10.0.1	26.0.0	FERNET	FERNET		options
CONFIG_LBAAS_INSTALL	--os-neutron-lbaas-install	10.0.1	14.0.0	n	y|n		options
CONFIG_MAGNUM_DB_PW	--magnum-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_MAGNUM_INSTALL	--os-magnum-install	10.0.1	26.0.0	n	y|n		options
CONFIG_MAGNUM_KS_PW	--magnum-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_MANILA_BACKEND	--manila-backend	10.0.1	26.0.0	generic	generic|netapp|glusternative|glusternfs		options
CONFIG_MANILA_DB_PW	--manila-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_MANILA_GENERIC_DRV_HANDLES_SHARE_SERVERS	--manila-generic-driver-handles-share-servers	10.0.1	26.0.0	true	true|false		options
CONFIG_MANILA_GENERIC_SHARE_MOUNT_PATH	--manila-generic-share-mount-path	10.0.1	26.0.0	/shares			not_empty
CONFIG_MANILA_GENERIC_VOLUME_NAME_TEMPLATE	--manila-generic-volume-name-template	10.0.1	26.0.0	manila-share-%s			not_empty
CONFIG_MANILA_GLUSTERFS_GANESHA_SERVER_IP	--glusterfs-ganesha-server-ip	10.0.1	26.0.0				
CONFIG_MANILA_GLUSTERFS_MOUNT_POINT_BASE	--glusterfs-mount-point-base	10.0.1	26.0.0				
CONFIG_MANILA_GLUSTERFS_NATIVE_PATH_TO_PRIVATE_KEY	--glusterfs-native-path-to-private_key	10.0.1	26.0.0			mask	
CONFIG_MANILA_GLUSTERFS_NFS_SERVER_TYPE	--glusterfs-nfs-server-type	10.0.1	26.0.0	gluster	gluster|ganesha		options
CONFIG_MANILA_GLUSTERFS_PATH_TO_PRIVATE_KEY	--glusterfs-path-to-private-key	10.0.1	26.0.0				
CONFIG_MANILA_GLUSTERFS_SERVERS	--glusterfs-servers	10.0.1	26.0.0				not_empty
CONFIG_MANILA_GLUSTERFS_TARGET	--glusterfs-target	10.0.1	26.0.0				not_empty
CONFIG_MANILA_GLUSTERFS_VOLUME_PATTERN	--glusterfs-volume-pattern	10.0.1	26.0.0				
CONFIG_MANILA_INSTALL	--os-manila-install	10.0.1	26.0.0	n	y|n		options
CONFIG_MANILA_KS_PW	--manila-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_MANILA_NETAPP_AGGREGATE_NAME_SEARCH_PATTERN	--manila-netapp-aggregate-name-search-pattern	10.0.1	26.0.0	(.*)			not_empty
CONFIG_MANILA_NETAPP_DRV_HANDLES_SHARE_SERVERS	--manila-netapp-driver-handles-share-servers	10.0.1	26.0.0	false	true|false		options
CONFIG_MANILA_NETAPP_LOGIN	--manila-netapp-login	10.0.1	26.0.0	admin			not_empty
CONFIG_MANILA_NETAPP_PASSWORD	--manila-netapp-password	10.0.1	26.0.0			mask	not_empty
CONFIG_MANILA_NETAPP_ROOT_VOLUME_AGGREGATE	--manila-netapp-root-volume-aggregate	10.0.1	26.0.0				not_empty
CONFIG_MANILA_NETAPP_ROOT_VOLUME_NAME	--manila-netapp-root-volume-name	10.0.1	26.0.0	root			not_empty
CONFIG_MANILA_NETAPP_SERVER_HOSTNAME	--manila-netapp-server-hostname	10.0.1	26.0.0				not_empty
CONFIG_MANILA_NETAPP_SERVER_PORT	--manila-netapp-server-port	10.0.1	26.0.0	443			
CONFIG_MANILA_NETAPP_STORAGE_FAMILY	--manila-netapp-storage-family	10.0.1	26.0.0	ontap_cluster	ontap_cluster		options
CONFIG_MANILA_NETAPP_TRANSPORT_TYPE	--manila-netapp-transport-type	10.0.1	26.0.0	https	http|https		options
CONFIG_MANILA_NETAPP_VSERVER	--manila-netapp-vserver	10.0.1	26.0.0				not_empty
CONFIG_MANILA_NETWORK_STANDALONE_GATEWAY	--standalone_network_plugin_gateway	10.0.1	26.0.0				not_empty
CONFIG_MANILA_NETWORK_STANDALONE_IP_RANGE	--standalone_network_plugin_ip_range	10.0.1	26.0.0				
CONFIG_MANILA_NETWORK_STANDALONE_IP_VERSION	--standalone_network_plugin_ip_version	10.0.1	26.0.0	4	4|6		options
CONFIG_MANILA_NETWORK_STANDALONE_NETMASK	--standalone_network_plugin_mask	10.0.1	26.0.0				not_empty
CONFIG_MANILA_NETWORK_STANDALONE_SEG_ID	--standalone_network_plugin_segmentation_id	10.0.1	26.0.0				
CONFIG_MANILA_NETWORK_TYPE	--manila-network-type	10.0.1	26.0.0	neutron	neutron|standalone		options
CONFIG_MANILA_SERVICE_IMAGE_LOCATION	--manila-service-image-location	10.0.1	26.0.0	10.0.1:https://www.dropbox.com/s/vi5oeh10q1qkckh/ubuntu_1204_nfs_cifs.qcow2; 26.0.0:https://tarballs.opendev.org/openstack/manila-image-elements/images/manila-service-image-master.qcow2			not_empty
CONFIG_MANILA_SERVICE_INSTANCE_PASSWORD	--manila-service-instance-password	10.0.1	26.0.0	ubuntu			not_empty
CONFIG_MANILA_SERVICE_INSTANCE_USER	--manila-service-instance-user	10.0.1	26.0.0	ubuntu			not_empty
CONFIG_MARIADB_HOST	--mariadb-host	10.0.1	26.0.0	<utils.get_localhost_ip()>			ssh
CONFIG_MARIADB_INSTALL	--mariadb-install	10.0.1	26.0.0	y	y|n		options
CONFIG_MARIADB_PW	--mariadb-pw	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_MARIADB_USER	--mariadb-user	10.0.1	26.0.0	root			not_empty
CONFIG_MONGODB_HOST	--mongodb-host	10.0.1	10.0.1	<utils.get_localhost_ip()>			ssh
CONFIG_NAGIOS_INSTALL	--nagios-install	10.0.1	10.0.1	n	y|n		options
CONFIG_NAGIOS_PW	--nagios-passwd	10.0.1	10.0.1	PW_PLACEHOLDER		mask	not_empty
CONFIG_NETWORK_HOSTS	--os-network-hosts	10.0.1	26.0.0	<utils.get_localhost_ip()>			multi_ssh
CONFIG_NEUTRON_DB_PW	--os-neutron-db-password	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_NEUTRON_FWAAS	--neutron-fwaas	10.0.1	16.1.0	n	y|n		options
CONFIG_NEUTRON_INSTALL	--os-neutron-install	10.0.1	26.0.0	y	y|n		neutron
CONFIG_NEUTRON_KS_PW	--os-neutron-ks-password	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_NEUTRON_L2_AGENT	--os-neutron-l2-agent	10.0.1	26.0.0	10.0.1:openvswitch; 14.0.0:ovn	openvswitch|ovn		options
CONFIG_NEUTRON_L3_EXT_BRIDGE	--os-neutron-l3-ext-bridge	10.0.1	26.0.0	br-ex			
CONFIG_NEUTRON_LB_INTERFACE_MAPPINGS	--os-neutron-lb-interface-mappings	10.0.1	25.0.0				
CONFIG_NEUTRON_METADATA_PW	--os-neutron-metadata-pw	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_NEUTRON_METERING_AGENT_INSTALL	--os-neutron-metering-agent-install	10.0.1	26.0.0	y	y|n		options
CONFIG_NEUTRON_ML2_FLAT_NETWORKS	--os-neutron-ml2-flat-networks	10.0.1	26.0.0	*			
CONFIG_NEUTRON_ML2_MECHANISM_DRIVERS	--os-neutron-ml2-mechanism-drivers	10.0.1	26.0.0	10.0.1:openvswitch; 14.0.0:ovn	logger|test|openvswitch|arista|mlnx|l2population|sriovnicswitch|ovn		multi_options
CONFIG_NEUTRON_ML2_SRIOV_INTERFACE_MAPPINGS	--os-neutron-ml2-sriov-interface-mappings	10.0.1	26.0.0				
CONFIG_NEUTRON_ML2_SUPPORTED_PCI_VENDOR_DEVS	--os-neutron-ml2-supported-pci-vendor-devs	10.0.1	12.0.2	['15b3:1004', '8086:10ca']			
CONFIG_NEUTRON_ML2_TENANT_NETWORK_TYPES	--os-neutron-ml2-tenant-network-types	10.0.1	26.0.0	10.0.1:vxlan; 14.0.0:geneve	local|vlan|gre|vxlan|geneve		multi_options
CONFIG_NEUTRON_ML2_TUNNEL_ID_RANGES	--os-neutron-ml2-tunnel-id-ranges	10.0.1	26.0.0				
CONFIG_NEUTRON_ML2_TYPE_DRIVERS	--os-neutron-ml2-type-drivers	10.0.1	26.0.0	10.0.1:vxlan,flat; 14.0.0:geneve,flat	local|flat|vlan|gre|vxlan|geneve		multi_options
CONFIG_NEUTRON_ML2_VLAN_RANGES	--os-neutron-ml2-vlan-ranges	10.0.1	26.0.0				
CONFIG_NEUTRON_ML2_VNI_RANGES	--os-neutron-ml2-vni-ranges	10.0.1	26.0.0	10:100			
CONFIG_NEUTRON_ML2_VXLAN_GROUP	--os-neutron-ml2-vxlan-group	10.0.1	26.0.0				
CONFIG_NEUTRON_OVN_BRIDGES_COMPUTE	--os-neutron-ovn-bridges-compute	11.0.1	26.0.0				
CONFIG_NEUTRON_OVN_BRIDGE_IFACES	--os-neutron-ovn-bridge-interfaces	11.0.1	26.0.0				
CONFIG_NEUTRON_OVN_BRIDGE_MAPPINGS	--os-neutron-ovn-bridge-mappings	11.0.1	26.0.0	extnet:br-ex			
CONFIG_NEUTRON_OVN_EXTERNAL_PHYSNET	--os-neutron-ovn-external-physnet	11.0.1	26.0.0	extnet			
CONFIG_NEUTRON_OVN_TUNNEL_IF	--os-neutron-ovn-tunnel-if	11.0.1	26.0.0				
CONFIG_NEUTRON_OVN_TUNNEL_SUBNETS	--os-neutron-ovn-tunnel-subnets	11.0.1	26.0.0				
CONFIG_NEUTRON_OVS_BRIDGES_COMPUTE	--os-neutron-ovs-bridges-compute	10.0.1	26.0.0				
CONFIG_NEUTRON_OVS_BRIDGE_IFACES	--os-neutron-ovs-bridge-interfaces	10.0.1	26.0.0				
CONFIG_NEUTRON_OVS_BRIDGE_MAPPINGS	--os-neutron-ovs-bridge-mappings	10.0.1	26.0.0	extnet:br-ex			
CONFIG_NEUTRON_OVS_EXTERNAL_PHYSNET	--os-neutron-ovs-external-physnet	10.0.1	26.0.0	extnet			
CONFIG_NEUTRON_OVS_TUNNEL_IF	--os-neutron-ovs-tunnel-if	10.0.1	26.0.0				
CONFIG_NEUTRON_OVS_TUNNEL_SUBNETS	--os-neutron-ovs-tunnel-subnets	10.0.1	26.0.0				
CONFIG_NEUTRON_OVS_VXLAN_UDP_PORT	--os-neutron-ovs-vxlan-udp-port	10.0.1	26.0.0	4789			port
CONFIG_NEUTRON_VPNAAS	--os-neutron-vpnaas-install	10.0.1	26.0.0	n	y|n		options
CONFIG_NOVA_COMPUTE_MANAGER	--nova-compute-manager	10.0.1	10.0.1	nova.compute.manager.ComputeManager			not_empty
CONFIG_NOVA_COMPUTE_MIGRATE_PROTOCOL	--novacompute-migrate-protocol	10.0.1	26.0.0	10.0.1:tcp; 11.0.1:ssh	tcp|ssh		options
CONFIG_NOVA_DB_PURGE_ENABLE	--nova-db-purge-enable	10.0.1	26.0.0	y	y|n		not_empty,bool
CONFIG_NOVA_DB_PW	--nova-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_NOVA_INSTALL	--os-nova-install	10.0.1	26.0.0	y	y|n		options
CONFIG_NOVA_KS_PW	--nova-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_NOVA_LIBVIRT_VIRT_TYPE	--nova-libvirt-virt-type	10.0.1	26.0.0	%{::default_hypervisor}	qemu|kvm		
CONFIG_NOVA_MANAGE_FLAVORS	--nova-manage-flavors	10.0.1	26.0.0	y	y|n		options
CONFIG_NOVA_PCI_ALIAS	--nova-pci-alias	10.0.1	26.0.0	10.0.1:; 26.0.0:[]			
CONFIG_NOVA_PCI_PASSTHROUGH_WHITELIST	--nova-pci-passthrough-whitelist	10.0.1	26.0.0	10.0.1:; 26.0.0:[]			
CONFIG_NOVA_SCHED_CPU_ALLOC_RATIO	--novasched-cpu-allocation-ratio	10.0.1	26.0.0	16.0			float
CONFIG_NOVA_SCHED_RAM_ALLOC_RATIO	--novasched-ram-allocation-ratio	10.0.1	26.0.0	1.5			float
CONFIG_NTP_SERVERS	--ntp-servers	10.0.1	26.0.0				
CONFIG_PANKO_DB_PW	--panko-db-passwd	10.0.1	18.0.1	PW_PLACEHOLDER		mask	not_empty
CONFIG_PANKO_INSTALL	--os-panko-install	10.0.1	18.0.1	n	y|n		options
CONFIG_PANKO_KS_PW	--panko-ks-passwd	10.0.1	18.0.1	PW_PLACEHOLDER		mask	not_empty
CONFIG_PROVISION_DEMO	--provision-demo	10.0.1	26.0.0	y	y|n		options
CONFIG_PROVISION_DEMO_ALLOCATION_POOLS	--provision-demo-allocation-pools	11.0.1	26.0.0	[]			json_list
CONFIG_PROVISION_DEMO_FLOATRANGE	--provision-demo-floatrange	10.0.1	26.0.0	172.24.4.0/24			
CONFIG_PROVISION_IMAGE_FORMAT	--provision-image-format	10.0.1	26.0.0	<DEMO_IMAGE_FORMAT>			not_empty
CONFIG_PROVISION_IMAGE_NAME	--provision-image-name	10.0.1	26.0.0	<DEMO_IMAGE_NAME>			not_empty
CONFIG_PROVISION_IMAGE_PROPERTIES	--provision-image-properties	11.0.1	26.0.0				
CONFIG_PROVISION_IMAGE_SSH_USER	--provision-image-ssh-user	10.0.1	26.0.0	<DEMO_IMAGE_SSH_USER>			not_empty
CONFIG_PROVISION_IMAGE_URL	--provision-image-url	10.0.1	26.0.0	<DEMO_IMAGE_URL>			not_empty
CONFIG_PROVISION_OVS_BRIDGE	--provision-ovs-bridge	10.0.1	26.0.0	y	y|n		options
CONFIG_PROVISION_TEMPEST	--provision-tempest	10.0.1	26.0.0	n	y|n		options
CONFIG_PROVISION_TEMPEST_FLAVOR_ALT_DISK	--provision-tempest-flavor-alt-disk	11.0.1	26.0.0	11.0.1:0; 14.0.0:1			integer
CONFIG_PROVISION_TEMPEST_FLAVOR_ALT_NAME	--provision-tempest-flavor-alt-name	11.0.1	26.0.0	m1.micro			not_empty
CONFIG_PROVISION_TEMPEST_FLAVOR_ALT_RAM	--provision-tempest-flavor-alt-ram	11.0.1	26.0.0	128			integer
CONFIG_PROVISION_TEMPEST_FLAVOR_ALT_VCPUS	--provision-tempest-flavor-alt-vcpus	11.0.1	26.0.0	1			integer
CONFIG_PROVISION_TEMPEST_FLAVOR_DISK	--provision-tempest-flavor-disk	11.0.1	26.0.0	11.0.1:0; 14.0.0:1			integer
CONFIG_PROVISION_TEMPEST_FLAVOR_NAME	--provision-tempest-flavor-name	11.0.1	26.0.0	m1.nano			not_empty
CONFIG_PROVISION_TEMPEST_FLAVOR_RAM	--provision-tempest-flavor-ram	11.0.1	26.0.0	128			integer
CONFIG_PROVISION_TEMPEST_FLAVOR_VCPUS	--provision-tempest-flavor-vcpus	11.0.1	26.0.0	1			integer
CONFIG_PROVISION_TEMPEST_FLOATRANGE	--provision-tempest-floatrange	10.0.1	26.0.0	172.24.4.0/24			
CONFIG_PROVISION_TEMPEST_USER	--provision-tempest-user	10.0.1	26.0.0				
CONFIG_PROVISION_TEMPEST_USER_PW	--provision-tempest-user-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_PROVISION_UEC_IMAGE_DISK_URL	--provision-uec-disk-url	10.0.1	17.0.0	<UEC_IMAGE_DISK_URL>			not_empty
CONFIG_PROVISION_UEC_IMAGE_KERNEL_URL	--provision-uec-kernel-url	10.0.1	17.0.0	<UEC_IMAGE_KERNEL_URL>			not_empty
CONFIG_PROVISION_UEC_IMAGE_NAME	--provision-uec-image-name	10.0.1	17.0.0	<UEC_IMAGE_NAME>			not_empty
CONFIG_PROVISION_UEC_IMAGE_RAMDISK_URL	--provision-uec-ramdisk-url	10.0.1	17.0.0	<UEC_IMAGE_RAMDISK_URL>			not_empty
CONFIG_REDIS_HOST	--redis-host	10.0.1	26.0.0	<utils.get_localhost_ip()>			ssh
CONFIG_REDIS_PORT	--redis-port	10.0.1	26.0.0	6379			port
CONFIG_REPO	--additional-repo	10.0.1	26.0.0				
CONFIG_RH_OPTIONAL	--rh-enable-optional	10.0.1	26.0.0	y	y|n		options
CONFIG_RH_PROXY	--rh-proxy-host	10.0.1	26.0.0			mask	
CONFIG_RH_PROXY_PORT	--rh-proxy-port	10.0.1	26.0.0				
CONFIG_RH_PROXY_PW	--rh-proxy-password	10.0.1	26.0.0			mask	
CONFIG_RH_PROXY_USER	--rh-proxy-user	10.0.1	26.0.0			mask	
CONFIG_RH_PW	--rh-password	10.0.1	26.0.0			mask	
CONFIG_RH_SAT6_KEY	--rh-sat6-key	10.0.1	26.0.0				
CONFIG_RH_SAT6_ORG	--rh-sat6-org	10.0.1	26.0.0				
CONFIG_RH_SAT6_SERVER	--rh-sat6-server	10.0.1	26.0.0				
CONFIG_RH_USER	--rh-username	10.0.1	26.0.0				
CONFIG_RUN_TEMPEST	--run-tempest	10.0.1	26.0.0	n	y|n		options
CONFIG_RUN_TEMPEST_TESTS	--run-tempest-tests	10.0.1	26.0.0	smoke			
CONFIG_SAHARA_DB_PW	--sahara-db-passwd	10.0.1	23.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_SAHARA_HOST	--os-sahara-host	10.0.1	23.0.0	<utils.get_localhost_ip()>			ssh
CONFIG_SAHARA_INSTALL	--os-sahara-install	10.0.1	23.0.0	n	y|n		options
CONFIG_SAHARA_KS_PW	--sahara-ks-passwd	10.0.1	23.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_SATELLITE_AKEY	--rhn-satellite-activation-key	10.0.1	26.0.0			mask	
CONFIG_SATELLITE_CACERT	--rhn-satellite-cacert	10.0.1	26.0.0			mask	
CONFIG_SATELLITE_FLAGS	--rhn-satellite-flags	10.0.1	26.0.0		novirtinfo|norhnsd|nopackages	mask	multi_options
CONFIG_SATELLITE_PROFILE	--rhn-satellite-profile	10.0.1	26.0.0			mask	
CONFIG_SATELLITE_PROXY	--rhn-satellite-proxy-host	10.0.1	26.0.0			mask	
CONFIG_SATELLITE_PROXY_PW	--rhn-satellite-proxy-password	10.0.1	26.0.0			mask	
CONFIG_SATELLITE_PROXY_USER	--rhn-satellite-proxy-username	10.0.1	26.0.0			mask	
CONFIG_SATELLITE_PW	--rhn-satellite-password	10.0.1	26.0.0			mask	
CONFIG_SATELLITE_URL	--rhn-satellite-server	10.0.1	26.0.0				
CONFIG_SATELLITE_USER	--rhn-satellite-username	10.0.1	26.0.0				
CONFIG_SERVICE_WORKERS	--service-workers	10.0.1	26.0.0	%{::processorcount}			
CONFIG_SKIP_TEMPEST_TESTS	--skip-tempest-tests	15.1.0	26.0.0				
CONFIG_SSH_KEY	--ssh-public-key	10.0.1	26.0.0	<default_ssh_key>			file,sshkey
CONFIG_SSL_CACERT_FILE	--ssl-cacert-file	10.0.1	26.0.0	/etc/pki/tls/certs/selfcert.crt			not_empty
CONFIG_SSL_CACERT_KEY_FILE	--ssl-cacert-key-file	10.0.1	26.0.0	/etc/pki/tls/private/selfkey.key			not_empty
CONFIG_SSL_CACERT_SELFSIGN	--ssl-cacert-selfsign	10.0.1	26.0.0	y	y|n		options
CONFIG_SSL_CERT_DIR	--ssl-cert-dir	10.0.1	26.0.0	~/packstackca/			not_empty,writeable_directory
CONFIG_SSL_CERT_SUBJECT_C	--ssl-cert-subject-country	10.0.1	26.0.0	--			not_empty
CONFIG_SSL_CERT_SUBJECT_CN	--ssl-cert-subject-common-name	10.0.1	26.0.0	<gethostname()>			not_empty
CONFIG_SSL_CERT_SUBJECT_L	--ssl-cert-subject-location	10.0.1	26.0.0	City			not_empty
CONFIG_SSL_CERT_SUBJECT_MAIL	--ssl-cert-subject-email	10.0.1	26.0.0	<'admin@%s' % gethostname()>			not_empty
CONFIG_SSL_CERT_SUBJECT_O	--ssl-cert-subject-organization	10.0.1	26.0.0	openstack			not_empty
CONFIG_SSL_CERT_SUBJECT_OU	--ssl-cert-subject-organizational-unit	10.0.1	26.0.0	packstack			not_empty
CONFIG_SSL_CERT_SUBJECT_ST	--ssl-cert-subject-state	10.0.1	26.0.0	State			not_empty
CONFIG_STORAGE_HOST	--os-storage-host	10.0.1	26.0.0	<utils.get_localhost_ip()>			ssh
CONFIG_SWIFT_HASH	--os-swift-hash	10.0.1	26.0.0	<uuid.uuid4().hex[:16]>		mask	not_empty
CONFIG_SWIFT_INSTALL	--os-swift-install	10.0.1	26.0.0	y	y|n		options
CONFIG_SWIFT_KS_PW	--os-swift-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_SWIFT_STORAGES	--os-swift-storages	10.0.1	26.0.0				storage
CONFIG_SWIFT_STORAGE_FSTYPE	--os-swift-storage-fstype	10.0.1	26.0.0	ext4	xfs|ext4		options
CONFIG_SWIFT_STORAGE_REPLICAS	--os-swift-storage-replicas	10.0.1	26.0.0	1			integer
CONFIG_SWIFT_STORAGE_SIZE	--os-swift-storage-size	10.0.1	26.0.0	2G			storage_size
CONFIG_SWIFT_STORAGE_ZONES	--os-swift-storage-zones	10.0.1	26.0.0	1			integer
CONFIG_TEMPEST_HOST	--tempest-host	10.0.1	26.0.0				ssh
CONFIG_TROVE_DB_PW	--trove-db-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_TROVE_INSTALL	--os-trove-install	10.0.1	26.0.0	n	y|n		options
CONFIG_TROVE_KS_PW	--trove-ks-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_TROVE_NOVA_PW	--trove-nova-passwd	10.0.1	26.0.0	PW_PLACEHOLDER		mask	not_empty
CONFIG_TROVE_NOVA_TENANT	--trove-nova-tenant	10.0.1	26.0.0	services			not_empty
CONFIG_TROVE_NOVA_USER	--trove-nova-user	10.0.1	26.0.0	trove			not_empty
CONFIG_UNSUPPORTED	--unsupported	10.0.1	26.0.0	n	y|n		options
CONFIG_USE_EPEL	--use-epel	10.0.1	10.0.1	n	y|n		options
CONFIG_USE_SUBNETS	--use-subnets	10.0.1	26.0.0	n	y|n		options
CONFIG_VCENTER_CLUSTER_NAMES	--vcenter-clusters	10.0.1	26.0.0				
CONFIG_VCENTER_HOST	--vcenter-host	10.0.1	26.0.0				ip
CONFIG_VCENTER_PASSWORD	--vcenter-password	10.0.1	26.0.0			mask	
CONFIG_VCENTER_USER	--vcenter-username	10.0.1	26.0.0				
CONFIG_VMWARE_BACKEND	--os-vmware	10.0.1	26.0.0	n	y|n		options
CONFIG_VNC_SSL_CERT	--nova-ssl-cert	10.0.1	26.0.0				
CONFIG_VNC_SSL_KEY	--nova-ssl-key	10.0.1	26.0.0				
EXCLUDE_SERVERS	--exclude-servers	10.0.1	26.0.0				
`;
