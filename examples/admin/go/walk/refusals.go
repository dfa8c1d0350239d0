package walk

func (w *walker) errors(r *report, client Client) {
	refusedFor := func(key AccessKey, code, action string, parameters Parameters) func() error {
		return func() error {
			call, err := client.Connect(w.scenario, key)
			if err != nil {
				return err
			}
			_, err = call(action, parameters)
			return refused(code, err)
		}
	}
	own, denied := w.scenario.AccessKey, w.scenario.Denied
	wrong := AccessKey{ID: own.ID, Secret: own.Secret[1:] + "x"}
	key := Parameters{"KeyId": w.keyID}

	r.check("a wrong secret is refused", refusedFor(wrong, client.WrongSecret, "ListKeys", Parameters{}))
	if client.OldTime != nil {
		r.check("an old time is refused with InvalidTimeStamp.Expired", func() error {
			return refused("InvalidTimeStamp.Expired", client.OldTime(w.scenario))
		})
	}
	r.check("a nonce that was used is refused with SignatureNonceUsed", func() error {
		return refused("SignatureNonceUsed", client.UsedNonce(w.scenario))
	})
	r.check("a RAM user without permission is refused with Forbidden.NoPermission",
		refusedFor(denied, "Forbidden.NoPermission", "DescribeKey", key))
	r.check("an unknown key is refused with Forbidden.KeyNotFound",
		refusedFor(own, "Forbidden.KeyNotFound", "DescribeKey", Parameters{"KeyId": "key-of-nobody"}))
	r.check("an illegal transition is refused with Rejected.StateModifiedFailed",
		refusedFor(own, "Rejected.StateModifiedFailed", "CancelKeyDeletion", key))
}
