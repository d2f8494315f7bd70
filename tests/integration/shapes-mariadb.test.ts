import { describeShapes } from '../shapes/describe-shapes';
import { MARIADB_SUITES } from '../shapes/started-servers';

for (const suite of MARIADB_SUITES) describeShapes('brief', suite);
