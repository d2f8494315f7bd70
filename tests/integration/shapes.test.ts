import { describeShapes } from '../shapes/describe-shapes';

describeShapes('brief', undefined);
