/** Stands in for curl in the samples, so that a machine without curl runs them too: `-s`, `-H`, `-d` and a URL. */
const headers = new Headers();
let body: string | undefined;
let url = '';
const parameters = process.argv.slice(2);
for (let next = parameters.shift(); next !== undefined; next = parameters.shift()) {
  if (next === '-s') continue;
  if (next === '-H') {
    const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(parameters.shift() ?? '') ?? [];
    headers.set(name, value);
  } else if (next === '-d') body = parameters.shift();
  else url = next;
}
const response = await fetch(url, body === undefined ? { headers } : { method: 'POST', headers, body });
process.stdout.write(await response.text());
