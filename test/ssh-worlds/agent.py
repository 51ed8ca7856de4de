# An agent that misbehaves: MODE SOCKET PUBLIC_KEY (base64). PROTOCOL.agent: 11 asks for the keys, 13 for a signature.
import base64, os, socket, struct, sys, threading, time

mode, path, key = sys.argv[1], sys.argv[2], base64.b64decode(sys.argv[3])
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(16)


def text(value):
    return struct.pack('>I', len(value)) + value


def answer(connection, body):
    connection.sendall(text(body))


def serve(connection):
    try:
        if mode == 'closes':
            return connection.close()
        if mode == 'huge':
            connection.sendall(b'\xff\xff\xff\xff')
        if mode == 'garbage':
            connection.sendall(b'\0\0\0\5garbage and more garbage')
        while mode in ('never-signs', 'refuses'):
            length = struct.unpack('>I', connection.recv(4))[0]
            body = connection.recv(length)
            if body[0] == 11:
                answer(connection, b'\x0c' + struct.pack('>I', 1) + text(key) + text(b'a key'))
            elif mode == 'refuses':
                answer(connection, b'\x05')
            else:
                break
        time.sleep(3600)
    except (OSError, struct.error):
        pass


print('ready', flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
