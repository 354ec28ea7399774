// Sends what somebody had tapped before they were signed in. Without scripts it takes one more tap.
"use strict";

document.getElementById("begun").submit();
