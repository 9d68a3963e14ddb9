// The page of a question: its answer as the question's front matter says, with buttons for the other views.
import { mountViews } from "./views.js";

const answer = document.getElementById("answer");
if (answer) mountViews(answer, () => {});
document.body.dataset.ready = "";
