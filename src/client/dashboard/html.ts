import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** The folder of the page's script and style: the only one that it can read. */
export function webviewFolder(extension: Uri): Uri {
  return Uri.joinPath(extension, 'dist/webview');
}

/** The page is built by its own script from messages; nothing else runs, and nothing is loaded from elsewhere. */
export function pageHtml(webview: Webview, extension: Uri, language: string): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string): string =>
    webview.asWebviewUri(Uri.joinPath(webviewFolder(extension), name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${language.replace(/[^A-Za-z-]/g, '')}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" href="${file('dashboard.css')}">
<title>Stackprep</title>
</head>
<body><script nonce="${nonce}" src="${file('dashboard.js')}"></script></body>
</html>
`;
}
