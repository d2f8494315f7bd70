import { describeShapes } from '../shapes/describe-shapes';

describeShapes('thorough', undefined);
