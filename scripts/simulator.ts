// The Twilio simulator as a process; its settings come from the environment.
import "#e2e/twilio-simulator/main.ts";
