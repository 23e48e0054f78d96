//! Takes a command of the contract from the window, gives the engine's answer; passes on what the engine tells.

use pepites_engine::{Desk, contract::Problem, desk};
use serde_json::Value;
use tauri::{AppHandle, Emitter, State};
use tokio::sync::broadcast::error::RecvError;

/// The event that carries what the engine tells.
const TOLD: &str = "told";

/// Runs the command of that name on the library that is on the desk.
#[tauri::command]
pub(crate) async fn call(desk: State<'_, Desk>, name: String, ask: Value) -> Result<Value, Problem> {
    desk.call(&name, ask).await
}

/// Passes on what is told, until the window is gone.
pub(crate) fn forward(app: &AppHandle, desk: &Desk) {
    let (app, mut events) = (app.clone(), desk.events());
    tauri::async_runtime::spawn(async move {
        loop {
            let event = match events.recv().await {
                Ok(event) => event,
                Err(RecvError::Lagged(_)) => pepites_engine::contract::Event::Changed(desk::EVERYTHING.to_vec()),
                Err(RecvError::Closed) => return,
            };
            if app.emit(TOLD, event).is_err() {
                return;
            }
        }
    });
}
