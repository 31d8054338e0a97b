// The question of a lesson by itself, on a page of the app.

import { mounted } from "../common/mount.js";
import { createLesson } from "./lessons.js";

export default mounted(createLesson);
