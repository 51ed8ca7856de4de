# Passes on LIMIT bytes of the sshd of 10.9.0.2 on each connection to its port 2201, then stays silent and creates FILE.
import socket, sys, threading

limit, file = int(sys.argv[1]), sys.argv[2]
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('10.9.0.2', 2201))
listener.listen(16)


def copy(source, target, left):
    try:
        while left > 0 and (data := source.recv(4096)):
            target.sendall(data[:left])
            left -= len(data)
        if left <= 0:
            open(file, 'w').close()
            while source.recv(4096):
                pass
    except OSError:
        pass


print('ready', flush=True)
while True:
    near = listener.accept()[0]
    far = socket.create_connection(('10.9.0.2', 22))
    threading.Thread(target=copy, args=(near, far, 1 << 40), daemon=True).start()
    threading.Thread(target=copy, args=(far, near, limit), daemon=True).start()
