//! Takes the addresses of our own scheme, `img://localhost/<the picture's address, escaped>`, gives pictures.
//! Never gives a page, a script or an SVG, and says no more than 404.

use pepites_engine::{Desk, pictures::Picture};
use tauri::{
    Manager, Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Request, Response, header},
};

/// The scheme; on Windows the webview asks for `http://img.localhost/…`.
pub(crate) const SCHEME: &str = "img";

/// How long the webview keeps a picture, in seconds: the library keeps it longer.
const KEPT: &str = "private, max-age=3600";

/// Answers one request of the webview.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    reply: UriSchemeResponder,
) {
    let desk = context.app_handle().state::<Desk>().inner().clone();
    let address = address(request.uri().path());
    tauri::async_runtime::spawn(async move {
        let picture = match address {
            Some(address) => desk.picture(&address).await,
            None => None,
        };
        reply.respond(response(picture));
    });
}

/// The picture's own address, from the path.
fn address(path: &str) -> Option<String> {
    let escaped = path.strip_prefix('/')?.as_bytes();
    let mut plain = Vec::with_capacity(escaped.len());
    let mut bytes = escaped.iter();
    while let Some(byte) = bytes.next() {
        if *byte == b'%' {
            let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
            let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
            plain.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            plain.push(*byte);
        }
    }
    String::from_utf8(plain).ok()
}

fn response(picture: Option<Picture>) -> Response<Vec<u8>> {
    let (status, media_type, cache, body) = match picture {
        Some(picture) => (200, picture.media_type, KEPT, picture.bytes),
        None => (404, "text/plain", "no-store", Vec::new()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status.try_into().unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static(cache));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_what_stands_escaped_in_the_path() {
        for (path, expected) in [
            ("/https%3A%2F%2Fa.example%2Fp.png%3Fw%3D2%26h%3D1", Some("https://a.example/p.png?w=2&h=1")),
            ("/https://a.example/p.png", Some("https://a.example/p.png")),
            ("/http%3A%2F%2Fa.example%2F%25C3%25A9.png", Some("http://a.example/%C3%A9.png")),
            ("/%C3%A9", Some("é")),
            ("/%C3", None),
            ("/%4", None),
            ("/%zz", None),
            ("/%+1", None),
        ] {
            assert_eq!(address(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn nothing_is_told_of_a_picture_that_may_not_be_shown() {
        let response = response(None);
        assert_eq!((response.status().as_u16(), response.body().len()), (404, 0));
    }
}
