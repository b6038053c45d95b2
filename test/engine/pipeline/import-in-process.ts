/** Imports argv[3] into the library argv[2] and prints the number of files done; for a test that kills it. */
import { openImport, startWorkers } from '../../factories/import.ts';

const [dir = '', folder = ''] = process.argv.slice(2);
const library = openImport(startWorkers(), { dir });
await library.request('import.add', { paths: [folder] });
await library.until(({ done }) => {
  console.log(done);
  return false;
});
