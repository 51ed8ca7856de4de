# A peer that is no sshd: listens on 10.9.0.2 and PORT, and does what MODE says with every connection.
import socket, sys, threading, time

mode, port = sys.argv[1], int(sys.argv[2])
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('10.9.0.2', port))
listener.listen(0 if mode == 'full' else 16)
texts = {
    'http': b'HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n',
    'ftp': b'220 ProFTPD Server ready.\r\n',
    'smtp': b'220 mx.example.com ESMTP Postfix\r\n',
    'penalty': b'Not allowed at this time\r\n',
    'startups': b'Exceeded MaxStartups\r\n',
    'ssh1': b'SSH-1.5-OldServer\r\n',
    'binary': bytes(range(256)) * 4,
    'wrapped': b'',
}
lines = {'silent': b'', 'banner-only': b'Welcome to the gateway\r\nPlease wait\r\n', 'identified': b'SSH-2.0-OpenSSH_9.2\r\n',
         'noise': b'x' * 100000, 'telnet': b'\xff\xfd\x18\xff\xfd\x20login: '}


def serve(connection):
    try:
        if mode in texts:
            connection.sendall(texts[mode])
            connection.close()
        elif mode == 'reset':
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
            connection.close()
        elif mode == 'drip':
            while True:
                connection.sendall(b'.')
                time.sleep(1)
        else:
            connection.sendall(lines[mode])
            time.sleep(3600)
    except OSError:
        pass


if mode == 'full':
    # The queue of connections is filled: no further one is answered.
    held = []
    for _ in range(4):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(('10.9.0.2', port))
        held.append(one)
    print('ready', flush=True)
    time.sleep(3600)
print('ready', flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
