// Plain JavaScript, because an older Node cannot read what comes after it.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Familiar runs on Node 24, and this is ${process.version}. "npm ci" installs Node 24 beside the app; ` +
      'if it did, run "npm rebuild node", and start with "npm start".',
  );
  process.exit(1);
}
